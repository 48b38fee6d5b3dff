# docker build -t copycheck . && docker run --rm -v "$PWD:/work:ro" copycheck --no-cache content/
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY copycheck copycheck
COPY rules rules
RUN python -m venv /opt/copycheck && /opt/copycheck/bin/pip install --no-cache-dir '.[word]'

FROM python:3.13-slim
COPY --from=build /opt/copycheck /opt/copycheck
ENV PATH=/opt/copycheck/bin:$PATH
RUN useradd --create-home copycheck && copycheck doctor
USER copycheck
WORKDIR /work
ENTRYPOINT ["copycheck"]

"""Labels: the codes of the label files and the judge's names for them, in the order of its logits."""

KINDS = {
    "E": "efficacy",
    "M": "mechanism",
    "S": "statistic",
    "R": "research",
    "C": "comparative",
    "F": "safety",
    "G": "guarantee",
    "H": "condition",
    "N": "none",
}
LABELS = {
    "abs": "promise",
    "sup": "superiority",
    "safe": "safety",
    "test": "testimonial",
    "fda": "disease",
    "press": "pressure",
    "adv": "advice",
    "fear": "fear",
}

// Starts `copycheck lsp` and shows what it says; all else is the server's.
const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const RULES = "**/{claims,compliance,disclaimers,language,readability,typos,content}/*.{yaml,yml}";
const SETTINGS = "**/.copycheck*";

let client;

async function start() {
  const settings = workspace.getConfiguration("copycheck");
  const [command, ...args] = settings.get("command");
  const documentSelector = [{ pattern: SETTINGS }, { language: "yaml", pattern: RULES }];
  for (const language of settings.get("languages")) {
    documentSelector.push({ scheme: "file", language }, { scheme: "untitled", language });
  }
  client = new LanguageClient("copycheck", "copycheck", { command, args }, {
    documentSelector,
    synchronize: { fileEvents: [SETTINGS, RULES].map((pattern) => workspace.createFileSystemWatcher(pattern)) },
    initializationOptions: { person: settings.get("person"), notes: settings.get("notes") },
  });
  try {
    await client.start();
  } catch (error) {
    window.showErrorMessage(
      `Nothing is checked: “${[command, ...args].join(" ")}” could not be started (${error.message}). ` +
        "Install copycheck with its extra lsp, or name it in the setting copycheck.command.",
    );
  }
}

async function stop() {
  if (client?.isRunning()) await client.stop();
}

async function restart() {
  await stop();
  await start();
}

exports.activate = (context) => {
  context.subscriptions.push(
    commands.registerCommand("copycheck.restart", restart),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("copycheck") && restart()),
  );
  return start();
};
exports.deactivate = stop;

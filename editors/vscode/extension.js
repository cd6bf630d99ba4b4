'use strict';

// Starts `jalon lsp` and connects the editor with it. No build step: this is what runs.

const vscode = require('vscode');
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');

/** @type {LanguageClient | undefined} */
let client;

function settings() {
  return vscode.workspace.getConfiguration('jalon');
}

async function start() {
  const command = settings().get('path') || 'jalon';
  const lang = settings().get('lang');
  const programs = settings().get('programs') || [];
  const server = { command, args: ['lsp'], transport: TransportKind.stdio };
  client = new LanguageClient('jalon', 'Jalon', server, {
    documentSelector: [{ language: 'jalon' }],
    initializationOptions: { ...(lang ? { lang } : {}), programs },
  });
  try {
    await client.start();
  } catch (error) {
    const open = 'Settings';
    const message = `Jalon: \`${command} lsp\` does not start (${error.message}). ` +
      'Install the `jalon` command, or set `jalon.path`.';
    const chosen = await vscode.window.showErrorMessage(message, open);
    if (chosen === open) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'jalon.path');
    }
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running && running.needsStop()) {
    await running.stop();
  }
}

async function restart() {
  await stop();
  await start();
}

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand('jalon.restart', restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('jalon')) {
        restart();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };

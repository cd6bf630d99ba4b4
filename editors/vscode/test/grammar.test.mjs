// Colours every keyword of both languages with the engine that VS Code uses.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
const { loadWASM, OnigScanner, OnigString } = require('vscode-oniguruma');
const { INITIAL, parseRawGrammar, Registry } = require('vscode-textmate');

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');

async function grammar() {
  await loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  const onigLib = Promise.resolve({
    createOnigScanner: (patterns) => new OnigScanner(patterns),
    createOnigString: (text) => new OnigString(text),
  });
  const path = '../syntaxes/jalon.tmLanguage.json';
  const loadGrammar = async () => parseRawGrammar(read(path), 'jalon.tmLanguage.json');
  return new Registry({ onigLib, loadGrammar }).loadGrammar('source.jalon');
}

/** The scopes of each character of the last line. */
function scopes(grammar, text) {
  let state = INITIAL;
  let tokens = [];
  for (const line of text.split('\n')) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    tokens = result.tokens;
  }
  const last = text.split('\n').at(-1);
  return [...last].map((_, at) => tokens.find((t) => t.startIndex <= at && at < t.endIndex)?.scopes ?? []);
}

const coloured = /^(keyword|storage|constant\.language|support)/;

test('every keyword of both languages is coloured', async () => {
  const jalon = await grammar();
  const missed = [];
  for (const { word, texts } of JSON.parse(read('words.json'))) {
    const fine = texts.some((text) => {
      const last = text.split('\n').at(-1);
      const start = last.indexOf(word);
      const whole = scopes(jalon, text).slice(start, start + word.length);
      return whole.every((list, at) => word[at] === ' ' || list.some((scope) => coloured.test(scope)));
    });
    if (!fine) missed.push(`${word}: ${texts.join(' | ')}`);
  }
  assert.deepEqual(missed, []);
});

test('names, quotes and comments are not keywords', async () => {
  const jalon = await grammar();
  const at = (text, needle) => {
    const last = text.split('\n').at(-1);
    return scopes(jalon, text)[last.indexOf(needle)].at(-1);
  };
  assert.match(at('règle R\n  tâche "si ${Nom}"', 'si'), /^string/);
  assert.match(at('règle R\n  tâche "si ${Nom}"', '${'), /^variable/);
  assert.match(at('règle R # si', '#'), /^comment/);
  assert.equal(at('règle R\n  Score : 5', 'Score'), 'source.jalon');
  assert.match(at('règle R\n  si Pays EST France ET Ville EST Nice', 'EST'), /^keyword\.operator/);
});

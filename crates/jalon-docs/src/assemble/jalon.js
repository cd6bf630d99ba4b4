// Colours for programs and criteria in Jalon. The words are those of the language's own lists.
(() => {
  const words = {/* words */};
  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '[ \\u00a0]+').replace(/'/g, "['’]");
  const any = (list) => list.map(escape).join('|');
  const before = '(?<![\\p{L}\\p{N}_])';
  const after = '(?![\\p{L}\\p{N}_])';
  const kinds = [
    ['comment', '(?:^|(?<=  )|(?<=^[ \\t]*))#(?!\\{).*$'],
    ['string', '"(?:\\\\.|[^"\\\\\\n])*"|«[^»\\n]*»'],
    ['regexp', '(?<= )/(?:\\\\.|[^/\\n])+/i?(?=[\\s,)]|$)'],
    ['title', `^(?:${any(words.declarations)})${after}`],
    ['keyword', `(?<=^[ \\t]+)(?:${any(words.lines)})${after}(?![^\\n"«]*? :(?: |$))`],
    ['operator', `${before}(?:${any(words.operators)})${after}|(?<= )(?:<=|>=|!=|[<>=≤≥≠])(?= )`],
    ['type', `(?<=:[ \\t]+)(?:${any(words.types)})${after}`],
    ['function', `${before}(?:${any(words.functions)})(?=\\()`],
    ['literal', `(?<=[ ,:])(?:${any(words.ticks)})(?=[\\s,)]|$)`],
    ['number', `${before}[+-]?\\d[\\d.,:h-]*(?<=\\d|h)${after}`],
    ['keyword', `(?<=, )(?<!^[^\\n"«]* :[^\\n]*)(?:${any(words.options)})${after}`],
    ['keyword', `(?<=[ ,])(?<!= )(?<!^[^\\n"«]* :[^\\n]*)(?:${any(words.inside)})${after}(?![^\\n"«]*? :(?: |$))`],
  ];
  const classes = {
    comment: 'hljs-comment', string: 'hljs-string', regexp: 'hljs-regexp', title: 'hljs-keyword jalon-declaration',
    keyword: 'hljs-keyword', operator: 'hljs-built_in', type: 'hljs-type', function: 'hljs-title',
    literal: 'hljs-literal', number: 'hljs-number',
  };
  const pattern = new RegExp(kinds.map(([, source]) => `(${source})`).join('|'), 'gmu');
  const safe = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  for (const code of document.querySelectorAll('code.language-jalon, code.language-jalon-criterion')) {
    const text = code.textContent;
    let html = '';
    let at = 0;
    for (const match of text.matchAll(pattern)) {
      const kind = kinds[match.slice(1).findIndex((group) => group !== undefined)][0];
      html += safe(text.slice(at, match.index)) + `<span class="${classes[kind]}">${safe(match[0])}</span>`;
      at = match.index + match[0].length;
    }
    code.innerHTML = html + safe(text.slice(at));
    code.classList.add('hljs');
  }
  // What a reader types stands out from what is printed.
  for (const code of document.querySelectorAll('code.language-console')) {
    let goesOn = false;
    code.innerHTML = code.textContent.split('\n').map((line) => {
      const typed = goesOn || line.startsWith('$ ');
      goesOn = typed && line.endsWith('\\');
      return typed ? `<span class="jalon-typed">${safe(line)}</span>` : safe(line);
    }).join('\n');
    code.classList.add('hljs');
  }
})();

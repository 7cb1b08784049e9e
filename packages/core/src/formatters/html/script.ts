/**
 * What the page does: it filters. Without it everything is there and readable. Its hash in the page's security policy is
 * made of exactly this text: see policy.ts.
 */
export const script = `
'use strict';
(() => {
  const form = document.querySelector('.filter form');
  if (!form) return;
  const { text, rule } = form.elements;
  const output = form.querySelector('output');
  const noneLeft = document.querySelector('.none-left');
  const files = [...document.querySelectorAll('.file')].map((element) => ({
    element,
    findings: [...element.querySelectorAll('.finding')].map((element) => ({ element, text: undefined })),
  }));
  const total = files.reduce((sum, { findings }) => sum + findings.length, 0);
  const textOf = (finding) =>
    (finding.text ??= (finding.element.parentElement.querySelector('h2').textContent + ' ' + finding.element.textContent).toLowerCase());

  function apply() {
    const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const severities = new Set([...form.querySelectorAll('[name=severity]:checked')].map(({ value }) => value));
    let shown = 0;
    for (const { element, findings } of files) {
      let inFile = 0;
      for (const finding of findings) {
        const { rule: id, severity } = finding.element.dataset;
        const fits = severities.has(severity) && (rule.value === '' || rule.value === id) &&
          (words.length === 0 || words.every((word) => textOf(finding).includes(word)));
        finding.element.hidden = !fits;
        if (fits) inFile++;
      }
      element.hidden = inFile === 0;
      shown += inFile;
    }
    output.textContent = shown === total ? total + ' shown' : shown + ' of ' + total + ' shown';
    noneLeft.hidden = shown > 0;
  }

  let waiting;
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, total > 1000 ? 120 : 0);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-rule]');
    if (!link) return;
    event.preventDefault();
    rule.value = link.dataset.rule;
    apply();
    form.parentElement.scrollIntoView();
    rule.focus({ preventScroll: true });
  });
  document.addEventListener('keydown', (event) => {
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName) && document.activeElement.type !== 'checkbox';
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      text.focus();
      text.select();
    } else if (event.key === 'Escape' && document.activeElement.closest('.filter')) {
      form.reset();
    }
  });
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  form.parentElement.hidden = false;
  apply();
})();
`

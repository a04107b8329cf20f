// The hand stays where it was when a button sent the form: the page comes back at the same height.
(() => {
  const form = document.getElementById('make'), key = 'make-at:' + location.pathname;
  if (!form) return;
  form.addEventListener('submit', () => { try { sessionStorage.setItem(key, String(scrollY)); } catch { /* without it the page begins at its anchor */ } });
  let at = null;
  try { at = sessionStorage.getItem(key); sessionStorage.removeItem(key); } catch { /* the same */ }
  if (at !== null && !location.hash) scrollTo(0, Number(at));
  let changed = false;
  form.addEventListener('input', (event) => { changed = changed || event.target.name !== 'seek'; });
  form.addEventListener('submit', (event) => { changed = event.defaultPrevented && changed; });
  addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });

  // A draft that nobody has been asked about yet is kept a moment after the last key; figures, faults and preview follow.
  // Without this, and once departments have it, the button keeps it.
  if (!form.hasAttribute('data-live')) return;
  const main = form.parentElement, side = document.querySelector('.make-side'), kept = document.getElementById('kept');
  const names = (within) => [...within.querySelectorAll('#make [name]')].map((one) => one.name + '=' + (one.type === 'checkbox' ? one.value : '')).join();
  let timer = 0, last = 0, flying = null;
  const live = () => document.getElementById('make');
  const follow = async () => {
    const mine = ++last, data = new FormData(live());
    data.set('do', 'save');
    changed = false;
    const answer = await fetch(location.pathname, { method: 'POST', body: data }).catch(() => null);
    if (!answer) { changed = true; return; }
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!fresh.getElementById('make')) { changed = true; return; }
    if (!answer.ok) { changed = true; kept.textContent = fresh.getElementById('faults')?.textContent.trim() || ''; return; }
    live().elements.revision.value = fresh.querySelector('#make [name=revision]').value;
    if (mine !== last || changed) return;  // more was typed meanwhile: that is kept next
    const focused = document.activeElement?.id;
    if (names(main) === names(fresh)) mark(fresh);
    else {
      main.replaceChildren(...fresh.querySelector('.make-main').childNodes);
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }
    const frame = side.querySelector('iframe'), seen = fresh.querySelector('.make-side .seen-so');
    if (frame && seen?.querySelector('iframe')) {  // it is not moved: the answers that were tried in it stay
      const own = frame.closest('.seen-so');
      [...side.children].filter((one) => one !== own).forEach((one) => one.remove());
      [...seen.parentElement.children].filter((one) => one !== seen).forEach((one) => side.insertBefore(one, own));
      frame.contentWindow.location.reload();
    } else side.replaceChildren(...fresh.querySelector('.make-side').childNodes);
    const said = document.getElementById('kept');
    said.textContent = said.dataset.saved + ' ' + new Date().toTimeString().slice(0, 5);
  };
  const mark = (fresh) => {
    for (const one of main.querySelectorAll('.fault')) one.remove();
    for (const one of main.querySelectorAll('#make .at-fault')) one.classList.remove('at-fault');
    for (const one of main.querySelectorAll('#make [aria-invalid]')) one.removeAttribute('aria-invalid');
    for (const one of fresh.querySelectorAll('#make .fault')) {
      const span = one.closest('span[id$=-fault]'), field = span && document.getElementById(span.id.slice(0, -6));
      const place = field ? field.parentElement : document.getElementById(one.closest('#make [id]')?.id);
      place?.classList.add('at-fault');
      if (field) { field.setAttribute('aria-invalid', 'true'); field.setAttribute('aria-describedby', span.id); }
      const there = span && document.getElementById(span.id);
      if (there) there.append(one); else if (field) field.after(span); else place?.querySelector('header, h2')?.after(one);
    }
  };
  const keep = () => {
    if (flying) { flying.then(() => { clearTimeout(timer); timer = setTimeout(keep, 300); }); return; }
    flying = follow().finally(() => { flying = null; });
  };
  main.addEventListener('input', (event) => {
    if (event.target.name === 'seek') return;
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 900);
  });
  main.addEventListener('submit', (event) => {
    clearTimeout(timer);
    if (!flying) { changed = false; return; }
    event.preventDefault();  // what is on its way comes first: it brings the number of the draft that this one follows
    last++;
    const by = event.submitter?.value;
    flying.then(() => live().requestSubmit([...live().querySelectorAll('button[name=do]')].find((one) => one.value === by)));
  });
})();

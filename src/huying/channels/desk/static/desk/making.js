// The hand stays where it was when a button sent the form: the page comes back at the same height.
(() => {
  const form = document.getElementById('make'), key = 'make-at:' + location.pathname;
  if (!form) return;
  form.addEventListener('submit', () => { try { sessionStorage.setItem(key, String(scrollY)); } catch { /* without it the page begins at its anchor */ } });
  let at = null;
  try { at = sessionStorage.getItem(key); sessionStorage.removeItem(key); } catch { /* the same */ }
  if (at !== null && !location.hash) scrollTo(0, Number(at));
  let changed = false;
  form.addEventListener('input', () => { changed = true; });
  form.addEventListener('submit', () => { changed = false; });
  addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });
})();

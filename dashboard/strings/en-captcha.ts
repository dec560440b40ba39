/** Texts about how visitors prove that they are no machines, in English. */
export const captcha = {
  'captcha.title': 'Keeping machines out',
  'captcha.text': 'Asked of visitors where a form says so, when they send it.',
  'captcha.work': 'A short calculation in the browser',
  'captcha.workText': 'Visitors notice nothing, and nobody else is told about them.',
  'captcha.turnstile': 'Cloudflare Turnstile',
  'captcha.turnstileText':
    'Cloudflare looks at the browser, and asks a few visitors to tick a box. Where it is blocked, the calculation takes its place.',
  'captcha.serviceKey': 'Site key',
  'captcha.serviceKeyHint': 'From your Turnstile dashboard. Its list of hostnames must have {host}.',
  'captcha.secret': 'Secret key',
  'captcha.secretHint': 'Kept encrypted, and shown to nobody again.',
  'captcha.secretKept': 'Leave it empty to keep the one that is saved.',
};

/** What mails say, by language. `{name}`, `{agent}`, `{business}` and `{number}` are filled in. */

interface Letter {
  readonly subject: string;
  readonly title: string;
  readonly lead: string;
  readonly button: string;
}

export interface MailStrings {
  /** To the business: nobody has answered. */
  readonly waiting: Letter;
  /** To the visitor: we have, while they were away. */
  readonly answered: Letter;
  readonly transcript: Letter;
  readonly name: string;
  readonly email: string;
  readonly page: string;
  /** Who has not said their name. */
  readonly visitor: string;
}

const en: MailStrings = {
  waiting: {
    subject: 'Chat {number}: {name} is waiting',
    title: '{name} is waiting for an answer',
    lead: 'From the chat on your website. Nobody has answered yet.',
    button: 'Open the inbox',
  },
  answered: {
    subject: '{business} has answered',
    title: '{agent} has answered',
    lead: 'You were away when our answer came. This is what we wrote:',
    button: 'Go on with the conversation',
  },
  transcript: {
    subject: 'Your conversation with {business}',
    title: 'Your conversation with {business}',
    lead: 'As you asked, this is what was written.',
    button: 'Go on with the conversation',
  },
  name: 'Name',
  email: 'E-mail',
  page: 'Page',
  visitor: 'A visitor',
};

const de: MailStrings = {
  waiting: {
    subject: 'Chat {number}: {name} wartet',
    title: '{name} wartet auf eine Antwort',
    lead: 'Aus dem Chat auf Ihrer Website. Bisher hat niemand geantwortet.',
    button: 'Posteingang öffnen',
  },
  answered: {
    subject: '{business} hat geantwortet',
    title: '{agent} hat geantwortet',
    lead: 'Sie waren nicht mehr da, als unsere Antwort kam. Das haben wir geschrieben:',
    button: 'Gespräch fortsetzen',
  },
  transcript: {
    subject: 'Ihr Gespräch mit {business}',
    title: 'Ihr Gespräch mit {business}',
    lead: 'Wie gewünscht finden Sie hier, was geschrieben wurde.',
    button: 'Gespräch fortsetzen',
  },
  name: 'Name',
  email: 'E-Mail',
  page: 'Seite',
  visitor: 'Ein Besucher',
};

const es: MailStrings = {
  waiting: {
    subject: 'Chat {number}: {name} espera',
    title: '{name} espera una respuesta',
    lead: 'Desde el chat de su web. Todavía no ha respondido nadie.',
    button: 'Abrir la bandeja de entrada',
  },
  answered: {
    subject: '{business} ha respondido',
    title: '{agent} ha respondido',
    lead: 'Ya no estaba cuando llegó nuestra respuesta. Esto es lo que escribimos:',
    button: 'Seguir la conversación',
  },
  transcript: {
    subject: 'Su conversación con {business}',
    title: 'Su conversación con {business}',
    lead: 'Como nos pidió, esto es lo que se escribió.',
    button: 'Seguir la conversación',
  },
  name: 'Nombre',
  email: 'Correo electrónico',
  page: 'Página',
  visitor: 'Un visitante',
};

const cs: MailStrings = {
  waiting: {
    subject: 'Chat {number}: čeká {name}',
    title: 'Na odpověď čeká {name}',
    lead: 'Z chatu na vašem webu. Zatím nikdo neodpověděl.',
    button: 'Otevřít doručené',
  },
  answered: {
    subject: '{business}: máte odpověď',
    title: 'Odpověď píše {agent}',
    lead: 'Když naše odpověď přišla, už jste tu nebyli. Napsali jsme vám:',
    button: 'Pokračovat v konverzaci',
  },
  transcript: {
    subject: 'Vaše konverzace: {business}',
    title: 'Vaše konverzace: {business}',
    lead: 'Jak jste si přáli, tady je, co jsme si napsali.',
    button: 'Pokračovat v konverzaci',
  },
  name: 'Jméno',
  email: 'E-mail',
  page: 'Stránka',
  visitor: 'Návštěvník',
};

export const mailStrings = { en, de, es, cs } as const;

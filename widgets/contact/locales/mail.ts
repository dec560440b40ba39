/** What the mail to the site's people says, by language. `{name}` and `{topic}` are filled in. */

export interface MailStrings {
  readonly subject: string;
  readonly title: string;
  readonly lead: string;
  readonly answer: string;
}

export const mailStrings: Readonly<Record<string, MailStrings>> = {
  en: {
    subject: '{topic}: {name}',
    title: '{name} has written to you',
    lead: 'From the form on your website. An answer to this mail goes to {name}.',
    answer: 'Answer',
  },
  de: {
    subject: '{topic}: {name}',
    title: '{name} hat Ihnen geschrieben',
    lead: 'Über das Formular auf Ihrer Website. Eine Antwort auf diese Mail geht an {name}.',
    answer: 'Antworten',
  },
  es: {
    subject: '{topic}: {name}',
    title: '{name} le ha escrito',
    lead: 'Desde el formulario de su web. La respuesta a este correo llega a {name}.',
    answer: 'Responder',
  },
  cs: {
    subject: '{topic}: {name}',
    title: 'Nová zpráva: {name}',
    lead: 'Z formuláře na vašem webu. Odpověď na tento e-mail dostane {name}.',
    answer: 'Odpovědět',
  },
  ar: {
    subject: '{topic}: {name}',
    title: 'رسالة جديدة من {name}',
    lead: 'من النموذج على موقعك. الرد على هذه الرسالة يصل إلى {name}.',
    answer: 'رد',
  },
};

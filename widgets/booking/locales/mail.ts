/** What mails to customers say. `{name}`, `{service}`, `{business}` and `{date}` are filled in. */

interface Message {
  readonly subject: string;
  readonly title: string;
  readonly lead: string;
}

export interface MailStrings {
  readonly confirmed: Message;
  readonly requested: Message;
  readonly changed: Message;
  readonly cancelled: Message;
  readonly service: string;
  readonly staff: string;
  readonly when: string;
  /** The same time on the business's clock. */
  readonly there: string;
  readonly price: string;
  readonly manage: string;
  readonly again: string;
}

const en: MailStrings = {
  confirmed: {
    subject: 'Confirmed: {service}, {date}',
    title: 'Your appointment is confirmed',
    lead: 'Hello {name}, we look forward to seeing you.',
  },
  requested: {
    subject: 'Request received: {service}, {date}',
    title: 'We have received your request',
    lead: 'Hello {name}, we will let you know as soon as the time is confirmed.',
  },
  changed: {
    subject: 'New time: {service}, {date}',
    title: 'Your appointment has a new time',
    lead: 'Hello {name}, this time replaces the earlier one.',
  },
  cancelled: {
    subject: 'Cancelled: {service}, {date}',
    title: 'Your appointment is cancelled',
    lead: 'Hello {name}, this appointment will not take place.',
  },
  service: 'Service',
  staff: 'With',
  when: 'When',
  there: 'On our clock',
  price: 'Price',
  manage: 'Change or cancel',
  again: 'Book another time',
};

const de: MailStrings = {
  confirmed: {
    subject: 'Bestätigt: {service}, {date}',
    title: 'Ihr Termin ist bestätigt',
    lead: 'Guten Tag {name}, wir freuen uns auf Sie.',
  },
  requested: {
    subject: 'Anfrage erhalten: {service}, {date}',
    title: 'Wir haben Ihre Anfrage erhalten',
    lead: 'Guten Tag {name}, wir melden uns, sobald der Termin bestätigt ist.',
  },
  changed: {
    subject: 'Neue Zeit: {service}, {date}',
    title: 'Ihr Termin wurde verlegt',
    lead: 'Guten Tag {name}, diese Zeit ersetzt die bisherige.',
  },
  cancelled: {
    subject: 'Abgesagt: {service}, {date}',
    title: 'Ihr Termin ist abgesagt',
    lead: 'Guten Tag {name}, dieser Termin findet nicht statt.',
  },
  service: 'Leistung',
  staff: 'Bei',
  when: 'Wann',
  there: 'Nach unserer Uhr',
  price: 'Preis',
  manage: 'Ändern oder absagen',
  again: 'Neuen Termin buchen',
};

const es: MailStrings = {
  confirmed: {
    subject: 'Confirmada: {service}, {date}',
    title: 'Su cita está confirmada',
    lead: 'Hola, {name}: le esperamos.',
  },
  requested: {
    subject: 'Solicitud recibida: {service}, {date}',
    title: 'Hemos recibido su solicitud',
    lead: 'Hola, {name}: le avisaremos en cuanto la hora esté confirmada.',
  },
  changed: {
    subject: 'Nueva hora: {service}, {date}',
    title: 'Su cita tiene una nueva hora',
    lead: 'Hola, {name}: esta hora sustituye a la anterior.',
  },
  cancelled: {
    subject: 'Cancelada: {service}, {date}',
    title: 'Su cita está cancelada',
    lead: 'Hola, {name}: esta cita no tendrá lugar.',
  },
  service: 'Servicio',
  staff: 'Con',
  when: 'Cuándo',
  there: 'En nuestra hora',
  price: 'Precio',
  manage: 'Cambiar o cancelar',
  again: 'Reservar otra hora',
};

const cs: MailStrings = {
  confirmed: {
    subject: 'Potvrzeno: {service}, {date}',
    title: 'Váš termín je potvrzen',
    lead: 'Dobrý den, {name}, těšíme se na vás.',
  },
  requested: {
    subject: 'Žádost přijata: {service}, {date}',
    title: 'Přijali jsme vaši žádost',
    lead: 'Dobrý den, {name}, ozveme se, jakmile bude termín potvrzen.',
  },
  changed: {
    subject: 'Nový čas: {service}, {date}',
    title: 'Váš termín má nový čas',
    lead: 'Dobrý den, {name}, tento čas nahrazuje původní.',
  },
  cancelled: {
    subject: 'Zrušeno: {service}, {date}',
    title: 'Váš termín je zrušen',
    lead: 'Dobrý den, {name}, tento termín se nekoná.',
  },
  service: 'Služba',
  staff: 'U koho',
  when: 'Kdy',
  there: 'Podle našich hodin',
  price: 'Cena',
  manage: 'Změnit nebo zrušit',
  again: 'Objednat jiný termín',
};

export const mailStrings = { en, de, es, cs } as const;

/** What the form says, by language. */

const en = {
  open: 'Write to us',
  'contact.title': 'Write to us',
  'contact.intro': 'We answer within two working days.',
  'contact.send': 'Send',
  'contact.thanks': 'Thank you. We have your message and will answer it soon.',
  'contact.again': 'Write another',
  'send.name': 'Name',
  'send.email': 'E-mail',
  'send.phone': 'Phone',
  'send.topic': 'What is it about?',
  'send.topic.question': 'A question',
  'send.topic.quote': 'An offer',
  'send.topic.feedback': 'Praise or a complaint',
  'send.topic.other': 'Something else',
  'send.message': 'Message',
  'send.consent': 'I agree that my message is kept so that it can be answered.',
};
type Words = Readonly<Record<keyof typeof en, string>>;

const de: Words = {
  open: 'Schreiben Sie uns',
  'contact.title': 'Schreiben Sie uns',
  'contact.intro': 'Wir antworten innerhalb von zwei Werktagen.',
  'contact.send': 'Absenden',
  'contact.thanks': 'Vielen Dank. Ihre Nachricht ist bei uns, wir antworten bald.',
  'contact.again': 'Noch eine schreiben',
  'send.name': 'Name',
  'send.email': 'E-Mail',
  'send.phone': 'Telefon',
  'send.topic': 'Worum geht es?',
  'send.topic.question': 'Eine Frage',
  'send.topic.quote': 'Ein Angebot',
  'send.topic.feedback': 'Lob oder Beschwerde',
  'send.topic.other': 'Etwas anderes',
  'send.message': 'Nachricht',
  'send.consent': 'Ich bin einverstanden, dass meine Nachricht aufbewahrt wird, um sie zu beantworten.',
};

const es: Words = {
  open: 'Escríbanos',
  'contact.title': 'Escríbanos',
  'contact.intro': 'Respondemos en dos días laborables.',
  'contact.send': 'Enviar',
  'contact.thanks': 'Gracias. Hemos recibido su mensaje y le responderemos pronto.',
  'contact.again': 'Escribir otro',
  'send.name': 'Nombre',
  'send.email': 'Correo electrónico',
  'send.phone': 'Teléfono',
  'send.topic': '¿De qué se trata?',
  'send.topic.question': 'Una pregunta',
  'send.topic.quote': 'Un presupuesto',
  'send.topic.feedback': 'Un elogio o una queja',
  'send.topic.other': 'Otra cosa',
  'send.message': 'Mensaje',
  'send.consent': 'Acepto que mi mensaje se guarde para poder responderlo.',
};

const cs: Words = {
  open: 'Napište nám',
  'contact.title': 'Napište nám',
  'contact.intro': 'Odpovídáme do dvou pracovních dnů.',
  'contact.send': 'Odeslat',
  'contact.thanks': 'Děkujeme. Vaši zprávu máme a brzy odpovíme.',
  'contact.again': 'Napsat další',
  'send.name': 'Jméno',
  'send.email': 'E-mail',
  'send.phone': 'Telefon',
  'send.topic': 'Čeho se to týká?',
  'send.topic.question': 'Dotaz',
  'send.topic.quote': 'Nabídka',
  'send.topic.feedback': 'Pochvala nebo stížnost',
  'send.topic.other': 'Něco jiného',
  'send.message': 'Zpráva',
  'send.consent': 'Souhlasím s uchováním své zprávy, aby na ni bylo možné odpovědět.',
};

const ar: Words = {
  open: 'راسلنا',
  'contact.title': 'راسلنا',
  'contact.intro': 'نرد خلال يومي عمل.',
  'contact.send': 'إرسال',
  'contact.thanks': 'شكرًا لك. وصلتنا رسالتك وسنرد عليها قريبًا.',
  'contact.again': 'كتابة رسالة أخرى',
  'send.name': 'الاسم',
  'send.email': 'البريد الإلكتروني',
  'send.phone': 'الهاتف',
  'send.topic': 'ما موضوع رسالتك؟',
  'send.topic.question': 'سؤال',
  'send.topic.quote': 'عرض سعر',
  'send.topic.feedback': 'ثناء أو شكوى',
  'send.topic.other': 'أمر آخر',
  'send.message': 'الرسالة',
  'send.consent': 'أوافق على حفظ رسالتي كي يتسنى الرد عليها.',
};

export const elementStrings: Readonly<Record<string, Words>> = { en, de, es, cs, ar };

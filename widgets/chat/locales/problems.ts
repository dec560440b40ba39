/** What the module's own refusals say, beside those that the panel itself words. */

export const problemStrings: Readonly<Record<'en' | 'de' | 'es' | 'cs', Readonly<Record<string, string>>>> = {
  en: {
    'problem.UNKNOWN_CONVERSATION': 'This conversation is no longer known. Please start a new one.',
    'problem.NAME_REQUIRED': 'Please enter your name.',
    'problem.EMAIL_REQUIRED': 'Please enter your e-mail address, so that we can answer.',
    'problem.IDENTITY_INVALID': 'You could not be recognised. You can write to us all the same.',
    'problem.NO_ADDRESS': 'We do not know your e-mail address. Please write it to us here.',
    'problem.NOT_RESOLVED': 'This conversation goes on. You can rate it when it is resolved.',
    'problem.ALREADY_ASSIGNED': 'Somebody else looks after this conversation.',
    'problem.SNOOZE_PAST': 'Please choose a time ahead.',
  },
  de: {
    'problem.UNKNOWN_CONVERSATION': 'Dieses Gespräch ist nicht mehr bekannt. Bitte beginnen Sie ein neues.',
    'problem.NAME_REQUIRED': 'Bitte geben Sie Ihren Namen ein.',
    'problem.EMAIL_REQUIRED': 'Bitte geben Sie Ihre E-Mail-Adresse ein, damit wir antworten können.',
    'problem.IDENTITY_INVALID': 'Wir haben Sie nicht erkannt. Sie können uns trotzdem schreiben.',
    'problem.NO_ADDRESS': 'Wir kennen Ihre E-Mail-Adresse nicht. Bitte schreiben Sie sie uns hier.',
    'problem.NOT_RESOLVED': 'Das Gespräch geht weiter. Bewerten können Sie es, sobald es erledigt ist.',
    'problem.ALREADY_ASSIGNED': 'Um dieses Gespräch kümmert sich schon jemand.',
    'problem.SNOOZE_PAST': 'Bitte wählen Sie einen späteren Zeitpunkt.',
  },
  es: {
    'problem.UNKNOWN_CONVERSATION': 'Ya no conocemos esta conversación. Empiece una nueva, por favor.',
    'problem.NAME_REQUIRED': 'Escriba su nombre, por favor.',
    'problem.EMAIL_REQUIRED': 'Escriba su correo electrónico para que podamos responder.',
    'problem.IDENTITY_INVALID': 'No le hemos reconocido. Puede escribirnos de todos modos.',
    'problem.NO_ADDRESS': 'No conocemos su correo electrónico. Escríbalo aquí, por favor.',
    'problem.NOT_RESOLVED': 'La conversación sigue abierta. Podrá valorarla cuando esté resuelta.',
    'problem.ALREADY_ASSIGNED': 'Otra persona ya se ocupa de esta conversación.',
    'problem.SNOOZE_PAST': 'Elija un momento posterior, por favor.',
  },
  cs: {
    'problem.UNKNOWN_CONVERSATION': 'Tuto konverzaci už neznáme. Začněte prosím novou.',
    'problem.NAME_REQUIRED': 'Napište prosím své jméno.',
    'problem.EMAIL_REQUIRED': 'Napište prosím svůj e-mail, abychom mohli odpovědět.',
    'problem.IDENTITY_INVALID': 'Nepoznali jsme vás. Napsat nám ale můžete.',
    'problem.NO_ADDRESS': 'Neznáme váš e-mail. Napište nám ho prosím sem.',
    'problem.NOT_RESOLVED': 'Konverzace ještě běží. Ohodnotit ji můžete, až bude vyřešená.',
    'problem.ALREADY_ASSIGNED': 'Této konverzaci se už někdo věnuje.',
    'problem.SNOOZE_PAST': 'Vyberte prosím pozdější čas.',
  },
};

/** What the module's own refusals say, beside those that the panel itself words. */

export const problemStrings: Readonly<Record<'en' | 'de' | 'es' | 'cs', Readonly<Record<string, string>>>> = {
  en: {
    'problem.UNKNOWN_CONVERSATION': 'This conversation is no longer known. Please start a new one.',
    'problem.NAME_REQUIRED': 'Please enter your name.',
    'problem.NOT_RESOLVED': 'This conversation goes on. You can rate it when it is resolved.',
    'problem.ALREADY_ASSIGNED': 'Somebody else looks after this conversation.',
    'problem.SNOOZE_PAST': 'Please choose a time ahead.',
  },
  de: {
    'problem.UNKNOWN_CONVERSATION': 'Dieses Gespräch ist nicht mehr bekannt. Bitte beginnen Sie ein neues.',
    'problem.NAME_REQUIRED': 'Bitte geben Sie Ihren Namen ein.',
    'problem.NOT_RESOLVED': 'Das Gespräch geht weiter. Bewerten können Sie es, sobald es erledigt ist.',
    'problem.ALREADY_ASSIGNED': 'Um dieses Gespräch kümmert sich schon jemand.',
    'problem.SNOOZE_PAST': 'Bitte wählen Sie einen späteren Zeitpunkt.',
  },
  es: {
    'problem.UNKNOWN_CONVERSATION': 'Ya no conocemos esta conversación. Empiece una nueva, por favor.',
    'problem.NAME_REQUIRED': 'Escriba su nombre, por favor.',
    'problem.NOT_RESOLVED': 'La conversación sigue abierta. Podrá valorarla cuando esté resuelta.',
    'problem.ALREADY_ASSIGNED': 'Otra persona ya se ocupa de esta conversación.',
    'problem.SNOOZE_PAST': 'Elija un momento posterior, por favor.',
  },
  cs: {
    'problem.UNKNOWN_CONVERSATION': 'Tuto konverzaci už neznáme. Začněte prosím novou.',
    'problem.NAME_REQUIRED': 'Napište prosím své jméno.',
    'problem.NOT_RESOLVED': 'Konverzace ještě běží. Ohodnotit ji můžete, až bude vyřešená.',
    'problem.ALREADY_ASSIGNED': 'Této konverzaci se už někdo věnuje.',
    'problem.SNOOZE_PAST': 'Vyberte prosím pozdější čas.',
  },
};

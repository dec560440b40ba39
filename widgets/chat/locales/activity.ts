/** What happened to a conversation, in words. `{name}` is who it is about, where somebody is. */

export const activities = [
  'joined',
  'left',
  'resolved',
  'rested',
  'reopened',
  'snoozed',
  'woken',
  'blocked',
  'unblocked',
  'merged',
] as const;

export type Activity = (typeof activities)[number];

export const activityStrings: Readonly<Record<'en' | 'de' | 'es' | 'cs', Readonly<Record<Activity, string>>>> = {
  en: {
    joined: '{name} has joined',
    left: 'Nobody looks after this now',
    resolved: 'Marked as resolved',
    rested: 'Resolved, since nobody has written any more',
    reopened: 'Opened again',
    snoozed: 'Put away for now',
    woken: 'Back in the inbox',
    blocked: 'The visitor is blocked',
    unblocked: 'The visitor may write again',
    merged: 'Joined with an earlier conversation',
  },
  de: {
    joined: '{name} ist dabei',
    left: 'Im Moment kümmert sich niemand darum',
    resolved: 'Als erledigt markiert',
    rested: 'Erledigt, weil niemand mehr geschrieben hat',
    reopened: 'Wieder geöffnet',
    snoozed: 'Zurückgestellt',
    woken: 'Wieder im Posteingang',
    blocked: 'Der Besucher ist gesperrt',
    unblocked: 'Der Besucher darf wieder schreiben',
    merged: 'Mit einem früheren Gespräch verbunden',
  },
  es: {
    joined: '{name} se ha unido',
    left: 'Ahora nadie se ocupa de esto',
    resolved: 'Marcada como resuelta',
    rested: 'Resuelta, porque nadie ha escrito más',
    reopened: 'Abierta de nuevo',
    snoozed: 'Aplazada',
    woken: 'De vuelta en la bandeja de entrada',
    blocked: 'El visitante está bloqueado',
    unblocked: 'El visitante puede volver a escribir',
    merged: 'Unida a una conversación anterior',
  },
  cs: {
    joined: 'Ke konverzaci se přidává {name}',
    left: 'Teď se tomu nikdo nevěnuje',
    resolved: 'Označeno jako vyřešené',
    rested: 'Vyřešeno, protože už nikdo nenapsal',
    reopened: 'Znovu otevřeno',
    snoozed: 'Odloženo',
    woken: 'Zpět v doručených',
    blocked: 'Návštěvník je zablokován',
    unblocked: 'Návštěvník může znovu psát',
    merged: 'Spojeno s dřívější konverzací',
  },
};

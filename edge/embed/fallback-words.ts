/** What a visitor reads where a widget cannot be shown. It is baked into a site's script, as nothing else may have come. */
type Words = readonly [sentence: string, again: string];

const words: Readonly<Record<string, Words>> = {
  en: ['This part of the page could not be loaded. ', 'Try again'],
  de: ['Dieser Teil der Seite konnte nicht geladen werden. ', 'Erneut versuchen'],
  es: ['No se pudo cargar esta parte de la página. ', 'Reintentar'],
  cs: ['Tuto část stránky se nepodařilo načíst. ', 'Zkusit znovu'],
  fr: ["Cette partie de la page n'a pas pu être chargée. ", 'Réessayer'],
  it: ['Impossibile caricare questa parte della pagina. ', 'Riprova'],
  nl: ['Dit deel van de pagina kon niet worden geladen. ', 'Opnieuw proberen'],
  pl: ['Nie udało się wczytać tej części strony. ', 'Spróbuj ponownie'],
  pt: ['Não foi possível carregar esta parte da página. ', 'Tentar de novo'],
};

/** For a BCP 47 tag, by its language; English for one that is not here. */
export const fallbackWords = (locale: string): Words => words[locale.split('-')[0]!.toLowerCase()] ?? words['en']!;

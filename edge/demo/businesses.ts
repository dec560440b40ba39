/** The two businesses of the demo: who works there, when, and what can be booked. */

export interface DemoService {
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly durations: readonly number[];
  /** Minor units. */
  readonly price: number;
  /** Indexes into `staff`; all of them where it is left out. */
  readonly staff?: readonly number[];
  readonly bufferAfter?: number;
}

export interface DemoBusiness {
  readonly name: string;
  readonly zone: string;
  readonly locale: string;
  readonly currency: string;
  /** Path of its page on the demo's other origin. */
  readonly path: string;
  /** Where its people read mail. */
  readonly mail: string;
  /** Whether it has a chat. */
  readonly chats?: true;
  readonly staff: readonly { readonly name: string; readonly title: string }[];
  readonly windows: readonly { readonly days: readonly number[]; readonly start: string; readonly end: string }[];
  readonly services: readonly DemoService[];
}

export const businesses: readonly DemoBusiness[] = [
  {
    name: "Rosa's Salon",
    zone: 'Europe/Prague',
    locale: 'en',
    currency: 'CZK',
    path: '/',
    mail: 'rosa@rosas-salon.example',
    chats: true,
    staff: [
      { name: 'Rosa Nováková', title: 'Owner, stylist' },
      { name: 'Jakub Marek', title: 'Barber' },
      { name: 'Elena Horáková', title: 'Colourist' },
    ],
    windows: [
      { days: [2, 3, 4, 5, 6], start: '09:00', end: '12:30' },
      { days: [2, 3, 4, 5], start: '13:00', end: '19:00' },
      { days: [6], start: '13:00', end: '16:00' },
    ],
    services: [
      {
        name: 'Cut and finish',
        slug: 'cut',
        description: 'Consultation, wash, cut and blow-dry.',
        durations: [45],
        price: 89_000,
      },
      {
        name: 'Colour and cut',
        slug: 'colour',
        description: 'Full colour with a cut to follow.',
        durations: [120, 150],
        price: 245_000,
        staff: [0, 2],
        bufferAfter: 15,
      },
      {
        name: 'Blow-dry',
        slug: 'blow-dry',
        description: 'Wash and styling for the evening.',
        durations: [30],
        price: 55_000,
      },
      {
        name: 'Beard trim',
        slug: 'beard',
        description: 'Shape, hot towel, oil.',
        durations: [20],
        price: 39_000,
        staff: [1],
      },
    ],
  },
  {
    name: 'Hudson Dental',
    zone: 'America/New_York',
    locale: 'en-US',
    currency: 'USD',
    path: '/hudson/',
    mail: 'desk@hudson-dental.example',
    staff: [
      { name: 'Dr. Amy Chen', title: 'Dentist' },
      { name: 'Luis Ortega', title: 'Hygienist' },
    ],
    windows: [
      { days: [1, 2, 3, 4, 5], start: '08:00', end: '12:00' },
      { days: [1, 2, 3, 4], start: '13:00', end: '17:00' },
    ],
    services: [
      {
        name: 'Check-up',
        slug: 'check-up',
        description: 'Examination and X-rays where needed.',
        durations: [30],
        price: 12_000,
        staff: [0],
      },
      {
        name: 'Cleaning',
        slug: 'cleaning',
        description: 'Scaling, polish and advice.',
        durations: [45],
        price: 15_500,
        bufferAfter: 15,
      },
      {
        name: 'Whitening',
        slug: 'whitening',
        description: 'In-chair whitening, one visit.',
        durations: [60],
        price: 34_000,
        staff: [0],
        bufferAfter: 15,
      },
    ],
  },
];

/** People with appointments in the first days. */
export const customers = [
  { name: 'Marta Dvořáková', email: 'marta.dvorakova@mail.example' },
  { name: 'Tomáš Beneš', email: 'tomas.benes@mail.example' },
  { name: 'Ingrid Sørensen', email: 'ingrid@mail.example' },
  { name: 'Paul Okafor', email: 'paul.okafor@mail.example' },
  { name: 'Yuki Tanaka', email: 'yuki.tanaka@mail.example' },
  { name: 'Chiara Ricci', email: 'chiara.ricci@mail.example' },
  { name: 'Ana Sofía Herrera', email: 'anasofia@mail.example' },
  { name: 'Daniel Weiss', email: 'daniel.weiss@mail.example' },
] as const;

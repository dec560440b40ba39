/** The demo's shop: a studio of ceramics, what it sells, and who has bought from it. Amounts are cents. */

export interface DemoVariant {
  readonly values: readonly string[];
  readonly price: number;
  readonly compareAt?: number;
  readonly stock: number;
  /** Grams. */
  readonly weight: number;
}

export interface DemoProduct {
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly category: string;
  /** Its file in `pictures/`, without the ending. */
  readonly picture: string;
  readonly options: readonly string[];
  readonly variants: readonly DemoVariant[];
}

/** `lines` name products and variants by their place. */
export interface DemoOrder {
  readonly lines: readonly (readonly [product: number, variant: number, quantity: number])[];
  readonly way: 'Parcel' | 'Pick up at the studio';
  readonly payment: 'transfer' | 'delivery' | 'pickup';
  readonly code?: string;
  /** Taken one after the other; a refund is of one unit of the first line. */
  readonly steps: readonly ('pay' | 'ship' | 'deliver' | 'complete' | 'cancel' | 'refund')[];
}

export const studio = {
  name: 'Kiln & Clay',
  zone: 'Europe/Lisbon',
  locale: 'en',
  path: '/kiln/',
  settings: {
    currency: 'EUR',
    taxRate: '23',
    transferInstructions: 'Kiln & Clay, PT50 0002 0123 1234 5678 9015 4',
    onDelivery: true,
    replyTo: 'hello@kiln-and-clay.example',
  },
  categories: [
    { name: 'Cups', slug: 'cups' },
    { name: 'Table', slug: 'table' },
    { name: 'Vases and pots', slug: 'vases' },
  ],
  shipping: [
    {
      name: 'Parcel',
      kind: 'ship',
      price: { amount: 690, currency: 'EUR' },
      freeFrom: { amount: 9000, currency: 'EUR' },
      countries: ['PT', 'ES', 'FR', 'DE', 'AT', 'CZ', 'NL', 'BE', 'IT'],
      note: '2 to 5 working days, packed in straw',
    },
    {
      name: 'Pick up at the studio',
      kind: 'pickup',
      price: { amount: 0, currency: 'EUR' },
      note: 'Rua da Olaria 14, Tuesday to Saturday, 10 to 18',
    },
  ],
  promotions: [
    { code: 'FIRSTKILN', label: 'First firing, 10 % off', kind: 'percent', percent: '10', perCustomer: 1 },
    { code: 'STRAW', label: 'Free parcel', kind: 'freeShipping', minSubtotal: { amount: 4000, currency: 'EUR' } },
  ],
} as const;

const cup = (colour: string, stock: number, price = 2400): DemoVariant => ({
  values: [colour],
  price,
  stock,
  weight: 380,
});

export const products: readonly DemoProduct[] = [
  {
    name: 'Speckled mug',
    slug: 'speckled-mug',
    description: 'Holds 300 ml and the warmth. Stoneware, the foot left bare so that it never slips.',
    category: 'cups',
    picture: 'mug',
    options: ['Glaze'],
    variants: [cup('Oat', 14), cup('Moss', 6), cup('Ink', 3)],
  },
  {
    name: 'Espresso pair',
    slug: 'espresso-pair',
    description: 'Two small cups, 90 ml each, thin at the lip. One red, one oat, fired side by side.',
    category: 'cups',
    picture: 'espresso',
    options: [],
    variants: [{ values: [], price: 3600, stock: 9, weight: 320 }],
  },
  {
    name: 'Breakfast bowl',
    slug: 'breakfast-bowl',
    description: 'Deep enough for soup, wide enough for fruit. Goes into the dishwasher and comes out as it was.',
    category: 'table',
    picture: 'bowl',
    options: ['Size'],
    variants: [
      { values: ['Small'], price: 2200, stock: 11, weight: 420 },
      { values: ['Large'], price: 3200, stock: 4, weight: 690 },
    ],
  },
  {
    name: 'Dinner plate',
    slug: 'dinner-plate',
    description: '27 cm, with a raised edge that keeps the sauce. Each one sits a little differently.',
    category: 'table',
    picture: 'plate',
    options: ['Glaze'],
    variants: [
      { values: ['Rose clay'], price: 3400, stock: 18, weight: 780 },
      { values: ['Oat'], price: 3400, stock: 0, weight: 780 },
    ],
  },
  {
    name: 'Teapot with a willow handle',
    slug: 'teapot',
    description: 'Pours without a drop beside it. 900 ml, the handle woven two streets from here.',
    category: 'table',
    picture: 'teapot',
    options: [],
    variants: [{ values: [], price: 8900, compareAt: 9900, stock: 2, weight: 1100 }],
  },
  {
    name: 'Water carafe',
    slug: 'water-carafe',
    description: 'One litre, cool in the hand. Stands in the door of a fridge.',
    category: 'table',
    picture: 'carafe',
    options: [],
    variants: [{ values: [], price: 4800, stock: 7, weight: 940 }],
  },
  {
    name: 'Bottle vase',
    slug: 'bottle-vase',
    description: 'For one branch, or for nothing at all.',
    category: 'vases',
    picture: 'vase',
    options: ['Height'],
    variants: [
      { values: ['18 cm'], price: 4200, stock: 5, weight: 600 },
      { values: ['26 cm'], price: 5800, stock: 5, weight: 980 },
      { values: ['34 cm'], price: 7600, stock: 1, weight: 1500 },
    ],
  },
  {
    name: 'Planter',
    slug: 'planter',
    description: 'With a hole and a saucer, because plants like it so. The plant is not for sale.',
    category: 'vases',
    picture: 'planter',
    options: ['Size'],
    variants: [
      { values: ['14 cm'], price: 2900, stock: 12, weight: 900 },
      { values: ['20 cm'], price: 4400, stock: 8, weight: 1700 },
    ],
  },
];

const address = (line1: string, postalCode: string, city: string, country: string) => ({
  line1,
  postalCode,
  city,
  country,
});

/** One for each of the demo's customers, in their order. */
export const addresses = [
  address('Londýnská 48', '120 00', 'Praha', 'CZ'),
  address('Veveří 12', '602 00', 'Brno', 'CZ'),
  address('Torstraße 101', '10119', 'Berlin', 'DE'),
  address('Rue Oberkampf 20', '75011', 'Paris', 'FR'),
  address('Rua das Flores 7', '1200-193', 'Lisboa', 'PT'),
  address('Via Padova 33', '20127', 'Milano', 'IT'),
  address('Calle de la Palma 5', '28004', 'Madrid', 'ES'),
  address('Neubaugasse 14', '1070', 'Wien', 'AT'),
];

export const orders: readonly DemoOrder[] = [
  {
    lines: [
      [0, 0, 2],
      [2, 1, 1],
    ],
    way: 'Parcel',
    payment: 'transfer',
    steps: ['pay', 'ship', 'deliver', 'complete'],
  },
  { lines: [[6, 1, 1]], way: 'Parcel', payment: 'transfer', code: 'FIRSTKILN', steps: ['pay', 'ship'] },
  { lines: [[3, 0, 4]], way: 'Parcel', payment: 'delivery', steps: ['ship'] },
  { lines: [[4, 0, 1]], way: 'Pick up at the studio', payment: 'pickup', steps: [] },
  {
    lines: [
      [7, 0, 2],
      [0, 2, 1],
    ],
    way: 'Parcel',
    payment: 'transfer',
    steps: ['pay', 'refund'],
  },
  { lines: [[1, 0, 1]], way: 'Parcel', payment: 'transfer', steps: [] },
  { lines: [[5, 0, 1]], way: 'Parcel', payment: 'transfer', steps: ['cancel'] },
  { lines: [[2, 0, 3]], way: 'Pick up at the studio', payment: 'pickup', code: 'FIRSTKILN', steps: ['pay'] },
];

/**
 * Waits until nothing in a page moves: what fades or slides in has other colours and places meanwhile. It stands alone,
 * so that a driver can hand it to a page or a frame.
 */
export const atRest = async (within?: Element): Promise<void> => {
  const inside = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap(element => [
      element,
      ...(element.shadowRoot ? inside(element.shadowRoot) : []),
    ]);
  const all = () => [
    ...(within ? [within, ...(within.shadowRoot ? inside(within.shadowRoot) : [])] : [document.documentElement]),
    ...inside(within ?? document),
  ];
  /** What moves, in every root: a skeleton's breath never ends. What goes with a scroll stands as long as the page does. */
  const moving = () =>
    [document, ...all().flatMap(({ shadowRoot }) => shadowRoot ?? [])]
      .flatMap(root => root.getAnimations())
      .filter(({ timeline, playState }) => timeline === document.timeline && playState === 'running')
      .map(animation => ({
        animation,
        ends: animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY,
      }));
  const looks = () => {
    const endless = moving().flatMap(({ animation, ends }) =>
      ends ? [] : (animation.effect as KeyframeEffect).target!,
    );
    return all()
      .filter(element => !endless.some(one => one.contains(element)))
      .map(element => {
        const { color, backgroundColor } = getComputedStyle(element);
        const { x, y, width, height } = element.getBoundingClientRect();
        return [color, backgroundColor, x, y, width, height].join();
      })
      .join('\n');
  };
  const frame = () =>
    Promise.race([
      new Promise(resolve => requestAnimationFrame(resolve)),
      new Promise(resolve => setTimeout(resolve, 250)),
    ]);
  let before = '';
  // A page that never rests is judged as it is: what it shows is what people see.
  for (let tries = 0; tries < 100; tries++) {
    // Brought to its end, as in a frame out of sight it would never come there by itself.
    for (const { animation, ends } of moving()) if (ends) animation.finish();
    const now = looks();
    if (now === before) return;
    before = now;
    for (let frames = 0; frames < 2; frames++) await frame();
  }
};

const sizes = { small: "size-7 text-[11px]", large: "size-20 text-2xl" };

/** Somebody's picture, or the first letters of their name. Says nothing that is not said beside it. */
export function Face({ name, picture, size = "small" }: { name: string; picture?: string; size?: keyof typeof sizes }) {
  const look = `${sizes[size]} flex-none rounded-full`;
  if (picture) return <img src={picture} alt="" className={`${look} object-cover`} />;
  return (
    <span aria-hidden className={`${look} grid place-items-center bg-brand-soft font-semibold text-brand-text uppercase`}>
      {initials(name)}
    </span>
  );
}

export function initials(name: string): string {
  const words = name.split(/[\s._@-]+/).filter(Boolean);
  return words.slice(0, 2).map((word) => [...word][0]).join("");
}

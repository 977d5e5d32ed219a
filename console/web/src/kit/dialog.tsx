import { Modal, Stack, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** A question before a step, with its heading; Escape and a click beside it close it. */
export function Dialog({
  title,
  close,
  children,
}: {
  title: string;
  close: () => void;
  children: ReactNode;
}) {
  const heading = useId();
  return (
    <Modal.Root opened onClose={close}>
      <Modal.Overlay />
      <Modal.Content aria-labelledby={heading}>
        <Modal.Body>
          <Stack>
            <Title order={2} size="h4" id={heading}>
              {title}
            </Title>
            {children}
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

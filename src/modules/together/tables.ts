/** The tables of this module. */
export type TogetherTables = {
  field_version: {
    subject_id: string;
    field: string;
    version: number;
    writer_kind: string;
    writer_id: string;
    writer_name: string;
    written_at: Date;
  };
  presence: { id: string; case_id: string; staff_id: string; staff_name: string; part: string; seen_at: Date };
  staff_draft: {
    staff_id: string;
    place: string;
    page: string;
    sealed: Buffer;
    saved_at: Date;
    writer: string;
    turn: number;
  };
  sent_draft: { staff_id: string; writer: string; turn: number; sent_at: Date };
  announcement: { id: string; text: string; at: Date; ends_at: Date; made_at: Date; withdrawn_at: Date | null };
};

-- Further places whose fields are ordered and hidden: the head and the side of a file, and what a Jobcenter adds to online forms.
alter table app.field_order drop constraint field_order_spot_check;
alter table app.field_order add constraint field_order_spot_check check (
  spot in ('head', 'board', 'note', 'household', 'file', 'own-case', 'own-person', 'own-household', 'own-note', 'own-form'));

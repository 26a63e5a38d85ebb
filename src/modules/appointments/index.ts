export { appointmentField, noteReminder, type StaffAct } from './act.ts';
export { canCome, cannotCome, settleAnswer } from './answers.ts';
export {
  type Answer,
  type Appointment,
  type AppointmentEnd,
  type AppointmentWay,
  appointmentEnds,
  appointmentWays,
  endsAt,
  isCalendarStale,
  isForClient,
  isRefused,
  lengths,
  type Wish,
  wishes,
} from './appointment.ts';
export { endAppointment, moveAppointment } from './change-appointment.ts';
export { type AppointmentChoice, type AppointmentChoices, closeCaseWithAppointments } from './close-case.ts';
export {
  type AppointmentLine,
  appointmentLines,
  appointmentMatters,
  appointmentsOfAbsent,
  countAppointments,
} from './day-lines.ts';
export { appointmentsAfter, type FindableAppointment, findableAppointments } from './findable.ts';
export { appointmentsToForget, forgetAppointments, hasAppointments } from './forget-case.ts';
export { withHeldCases } from './held-cases.ts';
export {
  type AppointmentOutcome,
  type Arrangement,
  makeAppointment,
  type NewAppointment,
  type Refusal,
} from './make-appointment.ts';
export {
  appointmentsBetween,
  appointmentsForClient,
  appointmentsOf,
  appointmentsToShow,
  calledOffForClient,
  clashesOf,
  comingAppointments,
  loadForCalendar,
  openAppointments,
} from './queries.ts';
export { appointmentById, findAppointment } from './store.ts';
export { takeAppointmentsAlong } from './take-along.ts';

export { type EventStream, openEventStream } from './event-stream.ts';
export { readFormBody } from './form-body.ts';
export { securityHeaders } from './headers.ts';
export { type ByteBudget, byteBudget, rateLimit, type Share } from './limits.ts';
export {
  type Multipart,
  MultipartError,
  type MultipartFailure,
  type MultipartLimits,
  readMultipart,
  type UploadedFile,
} from './multipart.ts';
export { type Problem, problem } from './problem.ts';
export { cookieOptions, type Route } from './route.ts';

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "CTerminal.h"
#include "device.h"

static const int tidings[] = {SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGTSTP, SIGCONT};
static const int crashes[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGQUIT};
enum { tidings_count = sizeof tidings / sizeof *tidings };
enum { crashes_count = sizeof crashes / sizeof *crashes };

static int ends[2] = {-1, -1};
static struct sigaction tidings_before[tidings_count];
static struct sigaction crashes_before[crashes_count];
static volatile sig_atomic_t asked[NSIG];
static void *crash_stack;

static void note(int number) {
  int error = errno;
  bool is_request = number == SIGTERM || number == SIGINT || number == SIGHUP;
  if (is_request && asked[number]) {
    device_rescue();
    signal(number, SIG_DFL);
    raise(number);
  }
  if (is_request) asked[number] = 1;
  unsigned char byte = (unsigned char)number;
  // A full pipe holds enough tidings already.
  if (write(ends[1], &byte, 1) < 0) errno = error;
  errno = error;
}

static void crash(int number, siginfo_t *info, void *context) {
  (void)context;
  device_rescue();
  // Swift's backtracer would wait half a minute for a key; at the end of its input it goes on.
  int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing >= 0) dup2(nothing, STDIN_FILENO);
  for (int i = 0; i < crashes_count; i++)
    if (crashes[i] == number) sigaction(number, &crashes_before[i], NULL);
  // A faulting instruction faults again, with the evidence whole; any other cause needs a second signal.
  bool is_fault = info->si_code > 0
    && (number == SIGILL || number == SIGSEGV || number == SIGBUS || number == SIGFPE);
  if (is_fault) return;
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, number);
  pthread_sigmask(SIG_UNBLOCK, &only, NULL);
  raise(number);
  // Swift's handler counts on a fault to end the process, and comes back.
  signal(number, SIG_DFL);
  raise(number);
}

int terminal_signals_open(void) {
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  // A stack that has overflown cannot run a handler. Another's alternate stack is as good as ours.
  stack_t stack;
  if (!crash_stack && sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_DISABLE)) {
    size_t size = 64 << 10;
    crash_stack = malloc(size);
    if (crash_stack) sigaltstack(&(stack_t){.ss_sp = crash_stack, .ss_size = size}, NULL);
  }
  struct sigaction action = {.sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  action.sa_handler = note;
  for (int i = 0; i < tidings_count; i++) {
    asked[tidings[i]] = 0;
    sigaction(tidings[i], &action, &tidings_before[i]);
    bool was_ignored = tidings_before[i].sa_handler == SIG_IGN;
    // Under nohup a hang-up is to be ignored; a shell without job control cannot wake who stops.
    if (was_ignored && (tidings[i] == SIGHUP || tidings[i] == SIGTSTP))
      sigaction(tidings[i], &tidings_before[i], NULL);
  }
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  action.sa_sigaction = crash;
  for (int i = 0; i < crashes_count; i++) sigaction(crashes[i], &action, &crashes_before[i]);
  return ends[0];
}

void terminal_signals_close(void) {
  for (int i = 0; i < tidings_count; i++) sigaction(tidings[i], &tidings_before[i], NULL);
  for (int i = 0; i < crashes_count; i++) sigaction(crashes[i], &crashes_before[i], NULL);
  close(ends[0]);
  close(ends[1]);
  ends[0] = ends[1] = -1;
}

void terminal_stop(void) {
  struct sigaction standard = {.sa_handler = SIG_DFL}, current;
  sigemptyset(&standard.sa_mask);
  sigaction(SIGTSTP, NULL, &current);
  // A shell without job control has it ignored.
  if (current.sa_handler == SIG_IGN) return;
  // Tidings of before are no tidings of waking.
  sigaction(SIGTSTP, &standard, NULL);
  // The whole group: the shell waits for its leader, which may be a `make` that started us. SIGTSTP rather
  // than SIGSTOP, since the kernel drops it where no shell could wake the group.
  kill(0, SIGTSTP);
  // Another thread may be the one to take the signal, a moment later; SIGCONT interrupts the wait.
  poll(NULL, 0, 100);
  sigaction(SIGTSTP, &current, NULL);
}

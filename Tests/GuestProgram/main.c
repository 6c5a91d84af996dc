// The program that the tests of `ringbench vm exec` run in a guest. Its arguments say what it prints and how it ends.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int usage(void) {
  fprintf(stderr, "usage: guest-program exit STATUS | signal NUMBER | hang | look\n");
  return 2;
}

// Prints one line for each thing that a program is promised to find.
static int look(void) {
  struct stat status;
  const char *paths[] = {"/proc/self/exe", "/sys/kernel", "/dev/null", "/tmp", "/var/tmp/lost+found"};
  for (unsigned i = 0; i < sizeof paths / sizeof *paths; i++)
    printf("%s %s\n", paths[i], stat(paths[i], &status) == 0 ? "there" : "missing");
  printf("uid %d, standard input ends: %s\n", (int)getuid(), getchar() == EOF ? "yes" : "no");
  return 0;
}

int main(int count, char **words) {
  if (count < 2) return usage();
  printf("on standard output: %s\n", words[count - 1]);
  fflush(stdout);
  fprintf(stderr, "on standard error\n");
  if (strcmp(words[1], "look") == 0) return look();
  if (strcmp(words[1], "hang") == 0)
    for (;;) pause();
  if (count < 3) return usage();
  if (strcmp(words[1], "exit") == 0) return atoi(words[2]);
  if (strcmp(words[1], "signal") == 0) return raise(atoi(words[2])), 0;
  return usage();
}

/* The loop that every rival in C runs: requests on standard input, one answer a request.

     prepare WORKLOAD PRECISION POINTS INPUTS    then POINTS lines of INPUTS decimals
                                                 -> "ready", or "unsupported"
     values COUNT                                -> COUNT lines: the outputs at the first points
     run COUNT                                   -> nanoseconds of processor time for COUNT
                                                    evaluations, the points taken in order and
                                                    again from the first

   PRECISION is a number of bits, 0 for doubles. The first line that a rival prints is its name. A
   rival defines the four functions declared here, and includes this file after its own headers. */
#ifndef RIVAL_PROTOCOL_H
#define RIVAL_PROTOCOL_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_POINTS = 4096, MAX_INPUTS = 8, MAX_OUTPUTS = 6 };

/* Prints the name with the versions that matter. */
static void rival_name(void);
/* Takes over the points; text[i * inputs + k] is input k of point i. 0 where not supported. */
static int rival_prepare(
    char workload, long precision, int points, int inputs, char **text);
/* Evaluates point after point, count in all. */
static void rival_run(long count);
/* Evaluates one point and prints its outputs, separated by spaces. */
static void rival_print(int point);

/* Reads the points behind a request: `count` words. */
static char **read_words(int count) {
  char **words = malloc(sizeof(char *) * (size_t)count);
  char word[128];
  for (int i = 0; i < count; i++) {
    if (scanf("%127s", word) != 1) exit(1);
    words[i] = strdup(word);
  }
  return words;
}

int main(void) {
  char request[16];
  int points = 0;
  rival_name();
  fflush(stdout);
  while (scanf("%15s", request) == 1) {
    if (!strcmp(request, "prepare")) {
      char workload;
      long precision;
      int inputs;
      if (scanf(" %c %ld %d %d", &workload, &precision, &points, &inputs) != 4) return 1;
      if (points < 1 || points > MAX_POINTS || inputs < 1 || inputs > MAX_INPUTS) return 1;
      char **words = read_words(points * inputs);
      puts(rival_prepare(workload, precision, points, inputs, words) ? "ready" : "unsupported");
      for (int i = 0; i < points * inputs; i++) free(words[i]);
      free(words);
    } else if (!strcmp(request, "values")) {
      int count;
      if (scanf("%d", &count) != 1 || count > points) return 1;
      for (int i = 0; i < count; i++) {
        rival_print(i);
        putchar('\n');
      }
    } else if (!strcmp(request, "run")) {
      long count;
      struct timespec start, end;
      if (scanf("%ld", &count) != 1) return 1;
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
      rival_run(count);
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
      printf("%lld\n", (end.tv_sec - start.tv_sec) * 1000000000LL + end.tv_nsec - start.tv_nsec);
    } else {
      return 1;
    }
    fflush(stdout);
  }
  return 0;
}
#endif

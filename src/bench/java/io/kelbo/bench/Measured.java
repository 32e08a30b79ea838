package io.kelbo.bench;

import com.sun.management.OperatingSystemMXBean;
import io.kelbo.service.Service;
import io.kelbo.service.SettingsProblems;
import io.kelbo.service.SettingsReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * One application alone in its process. Prints {@code cpu <µs a record> wall <µs a record>} over
 * the records after the warm-up, and ends the process. The CPU is the whole process's: compiler,
 * collector and client threads included, the broker not.
 */
public final class Measured {
  private static final long LOOK_EVERY_NANOS = 2_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Measured() {}

  /** Arguments: records to warm up with, records in all, application, and what it takes. */
  public static void main(String[] args) throws JMException, SettingsProblems {
    long warmUp = Long.parseLong(args[0]);
    long all = Long.parseLong(args[1]);
    if (args[2].equals("baseline")) {
      BaselineApp.start(args[3], args[4], args[5], Path.of(args[6]));
    } else {
      Service.start(new SettingsReader().read(Path.of(args[3])));
    }
    awaitProcessed(warmUp);
    long cpuBefore = SYSTEM.getProcessCpuTime();
    long wallBefore = System.nanoTime();
    double before = processed();
    awaitProcessed(all);
    double records = processed() - before;
    System.out.printf(
        Locale.ROOT,
        "cpu %.3f wall %.3f%n",
        (SYSTEM.getProcessCpuTime() - cpuBefore) / 1e3 / records,
        (System.nanoTime() - wallBefore) / 1e3 / records);
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static void awaitProcessed(long records) throws JMException {
    long start = System.nanoTime();
    while (processed() < records) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        System.out.printf("%.0f of %d records after %s%n", processed(), records, PATIENCE);
        Runtime.getRuntime().halt(1);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  /** Records that the stream threads of this process have taken through their topology. */
  private static double processed() throws JMException {
    double sum = 0;
    for (ObjectName thread :
        BEANS.queryNames(new ObjectName("kafka.streams:type=stream-thread-metrics,*"), null)) {
      // While a thread starts it has no such attribute yet: then the list is empty.
      for (Attribute total : BEANS.getAttributes(thread, new String[] {"process-total"}).asList()) {
        sum += ((Number) total.getValue()).doubleValue();
      }
    }
    return sum;
  }
}

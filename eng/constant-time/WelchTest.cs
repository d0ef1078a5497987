namespace ConstantTime;

/// <summary>Computes Welch's t for two groups of durations. Where its absolute value is 4.5 or more, the duration depends on the group.</summary>
internal static class WelchTest
{
    /// <param name="times">The durations of all samples.</param>
    /// <param name="groups">The group, 0 or 1, of each sample.</param>
    /// <param name="keep">The fraction of samples to use, the fastest ones, because interrupts slow down individual samples.</param>
    public static double Compute(long[] times, byte[] groups, double keep)
    {
        var sorted = (long[])times.Clone();
        Array.Sort(sorted);
        var limit = sorted[(int)((sorted.Length - 1) * keep)];

        Span<double> count = stackalloc double[2];
        Span<double> mean = stackalloc double[2];
        Span<double> squares = stackalloc double[2];
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] > limit)
            {
                continue;
            }

            // Welford's algorithm: one pass, numerically stable.
            var group = groups[i];
            count[group]++;
            var difference = times[i] - mean[group];
            mean[group] += difference / count[group];
            squares[group] += difference * (times[i] - mean[group]);
        }

        return (mean[0] - mean[1]) / Math.Sqrt((squares[0] / (count[0] - 1) / count[0]) + (squares[1] / (count[1] - 1) / count[1]));
    }
}

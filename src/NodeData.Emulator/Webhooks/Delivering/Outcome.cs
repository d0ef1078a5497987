namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>The outcome of an attempt.</summary>
/// <param name="Status">The status code of the response; null if there was none.</param>
/// <param name="Error">A description of the failure; null if the attempt succeeded.</param>
/// <param name="RetryAfter">The delay that the receiver requested.</param>
internal sealed record Outcome(int? Status, string? Error, TimeSpan? RetryAfter = null)
{
    public bool IsSuccess => Error is null;

    public static Outcome Failed(string error) => new(null, error);

    /// <summary>Returns the delivery with the outcome applied.</summary>
    /// <param name="attempted">The delivery when the attempt started.</param>
    /// <param name="current">The current delivery: meanwhile it may have been redelivered, or its endpoint deleted.</param>
    /// <param name="now">The time at which the attempt finished.</param>
    public EmulatorDelivery ApplyTo(EmulatorDelivery attempted, EmulatorDelivery current, DateTimeOffset now)
    {
        var updated = current with
        {
            Attempts = current.Attempts + 1,
            LastStatus = Status,
            LastError = Error,
            SucceededAt = IsSuccess ? now : current.SucceededAt,
        };
        if (current.Round != attempted.Round)
        {
            return updated;
        }

        if (IsSuccess)
        {
            return updated with { Status = EmulatorDeliveryStatus.Succeeded, NextAttemptAt = null };
        }

        var delay = current.Status is EmulatorDeliveryStatus.Pending ? RetrySchedule.GetDelay(current.Step + 1, RetryAfter) : null;
        return updated with
        {
            Status = delay is null ? EmulatorDeliveryStatus.Failed : EmulatorDeliveryStatus.Pending,
            Step = current.Step + 1,
            NextAttemptAt = now + delay,
        };
    }
}

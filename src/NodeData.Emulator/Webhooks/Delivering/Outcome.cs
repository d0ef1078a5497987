namespace NodeData.Emulator.Webhooks.Delivering;

/// <summary>How an attempt ended.</summary>
/// <param name="Status">What was answered; null where nothing was.</param>
/// <param name="Error">Why it failed, for a person; null where it did not.</param>
/// <param name="RetryAfter">How long the receiver asked to be left alone.</param>
internal sealed record Outcome(int? Status, string? Error, TimeSpan? RetryAfter = null)
{
    public bool IsSuccess => Error is null;

    public static Outcome Failed(string error) => new(null, error);

    /// <summary>The same delivery as it stands after an attempt of it.</summary>
    /// <param name="attempted">The delivery as it stood when the attempt began.</param>
    /// <param name="current">The delivery as it stands now: it may have been asked for again meanwhile, or its endpoint deleted.</param>
    /// <param name="now">When the attempt ended.</param>
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

namespace NodeData.Emulator;

/// <summary>One attempt of a delivery that has come to its end. Immutable.</summary>
/// <param name="FinishedAt">When it ended, on the emulator's clock.</param>
/// <param name="Status">The status that it was answered with; null where there was no answer.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record EmulatorDeliveryAttempt(DateTimeOffset FinishedAt, int? Status, string? Error);

namespace NodeData.Emulator;

/// <summary>A finished attempt of a delivery. Immutable.</summary>
/// <param name="FinishedAt">The time at which the attempt finished, on the emulator's clock.</param>
/// <param name="Status">The status code of the response; null if there was none.</param>
/// <param name="Error">A description of the failure; null if the attempt succeeded.</param>
public sealed record EmulatorDeliveryAttempt(DateTimeOffset FinishedAt, int? Status, string? Error);

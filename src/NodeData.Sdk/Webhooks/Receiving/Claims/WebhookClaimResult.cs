using System.Diagnostics;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents the result of acquiring a claim: granted, held by another owner, or already completed. <c>default</c> means held by another owner. Immutable.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct WebhookClaimResult
{
    private WebhookClaimResult(int attempt, bool isCompleted, TimeSpan remainingLease)
    {
        Attempt = attempt;
        IsCompleted = isCompleted;
        RemainingLease = remainingLease;
    }

    /// <summary>Gets the result for a claim that is already completed: the event must not be handled again.</summary>
    public static WebhookClaimResult Completed { get; } = new(0, true, TimeSpan.Zero);

    /// <summary>Gets a value that indicates whether the claim was granted.</summary>
    public bool IsClaimed => Attempt > 0;

    /// <summary>Gets a value that indicates whether the claim is already completed.</summary>
    public bool IsCompleted { get; }

    /// <summary>Gets the number of times that the claim has been granted, including this time; 0 if it was not granted. A release does not reset it.</summary>
    public int Attempt { get; }

    /// <summary>
    /// Gets the duration after which the other owner's lease expires unless it is renewed; zero if it is not known or if no other owner holds the claim.
    /// </summary>
    public TimeSpan RemainingLease { get; }

    /// <summary>Creates the result for a claim that is granted, or that the same owner already holds.</summary>
    /// <param name="attempt">The number of times that the claim has been granted, from 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The attempt is less than 1.</exception>
    public static WebhookClaimResult Claimed(int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        return new(attempt, false, TimeSpan.Zero);
    }

    /// <summary>Creates the result for a claim that another owner holds.</summary>
    /// <param name="remainingLease">The duration after which the other owner's lease expires; zero if it is not known.</param>
    /// <returns>The result.</returns>
    public static WebhookClaimResult InProgress(TimeSpan remainingLease) => new(0, false, remainingLease);

    /// <summary>Returns a string that represents the result.</summary>
    /// <returns>The result as a string.</returns>
    public override string ToString() =>
        IsClaimed ? $"claimed, attempt {Attempt}"
        : IsCompleted ? "completed"
        : "in progress";
}

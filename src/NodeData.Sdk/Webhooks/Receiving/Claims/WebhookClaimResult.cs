using System.Diagnostics;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents the result of claiming a key: granted, held by another owner, or already completed. <c>default</c> means held by another owner. Immutable.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct WebhookClaimResult
{
    private WebhookClaimResult(int attempt, bool isCompleted, TimeSpan leaseLeft)
    {
        Attempt = attempt;
        IsCompleted = isCompleted;
        RemainingLease = leaseLeft;
    }

    /// <summary>The result for a claim that was completed before: the event must not be handled again.</summary>
    public static WebhookClaimResult Completed { get; } = new(0, true, TimeSpan.Zero);

    /// <summary>Whether the claim was granted.</summary>
    public bool IsClaimed => Attempt > 0;

    /// <summary>Whether the claim was completed before.</summary>
    public bool IsCompleted { get; }

    /// <summary>The number of times that the key has been granted, including this time; 0 if the claim was not granted. A release does not reset it.</summary>
    public int Attempt { get; }

    /// <summary>
    /// The remaining lease of the other owner's claim, unless that owner renews it; zero if it is not known or the claim is not held by another owner.
    /// </summary>
    public TimeSpan RemainingLease { get; }

    /// <summary>Creates the result for a claim that is granted, or was granted before to the same owner.</summary>
    /// <param name="attempt">The number of times that the key has been granted, from 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The attempt is less than 1.</exception>
    public static WebhookClaimResult Claimed(int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        return new(attempt, false, TimeSpan.Zero);
    }

    /// <summary>Creates the result for a key that another owner holds.</summary>
    /// <param name="remainingLease">The remaining lease of the other owner's claim; zero if it is not known.</param>
    /// <returns>The result.</returns>
    public static WebhookClaimResult InProgress(TimeSpan remainingLease) => new(0, false, remainingLease);

    /// <summary>Returns the result as text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        IsClaimed ? $"claimed, attempt {Attempt}"
        : IsCompleted ? "completed"
        : "in progress";
}

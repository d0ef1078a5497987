using NodeData.Sdk.Testing.Conformance.Checks;

namespace NodeData.Sdk.Testing;

/// <summary>
/// What every <see cref="Webhooks.IWebhookClaimStore"/> must keep, as checks that can be run by any test framework or by none:
/// <code>
/// foreach (var check in WebhookClaimStoreConformance.Checks)
/// {
///     await check.RunAsync(subject, cancellationToken);
/// }
/// </code>
/// </summary>
public static class WebhookClaimStoreConformance
{
    /// <summary>All checks. Each stands for itself: they can be run in any order, and at the same time.</summary>
    public static IReadOnlyList<WebhookClaimStoreCheck> Checks { get; } =
    [
        .. ClaimChecks.All,
        .. LeaseChecks.All,
        .. CompletionChecks.All,
        .. ReleaseChecks.All,
        .. AttemptChecks.All,
        .. RetentionChecks.All,
        .. KeyChecks.All,
        .. RaceChecks.All,
        .. CancellationChecks.All,
    ];

    /// <summary>The check of a name.</summary>
    /// <param name="name">The name, as <see cref="WebhookClaimStoreCheck.Name"/> gives it.</param>
    /// <exception cref="ArgumentException">No check has the name.</exception>
    public static WebhookClaimStoreCheck Find(string name) =>
        Checks.FirstOrDefault(check => check.Name == name)
        ?? throw new ArgumentException("No check has this name. WebhookClaimStoreConformance.Checks has them all.", nameof(name));
}

using NodeData.Sdk.Testing.Conformance.Checks;

namespace NodeData.Sdk.Testing;

/// <summary>
/// Provides the conformance checks that every <see cref="Webhooks.IWebhookClaimStore"/> must pass. They run in any test framework, or without one.
/// </summary>
/// <example>
/// <code>
/// foreach (var check in WebhookClaimStoreConformance.Checks)
/// {
///     await check.RunAsync(fixture, cancellationToken);
/// }
/// </code>
/// </example>
public static class WebhookClaimStoreConformance
{
    /// <summary>Gets all checks. They are independent: they can run in any order and concurrently.</summary>
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

    /// <summary>Gets the check with the specified name.</summary>
    /// <param name="name">The name of the check (<see cref="WebhookClaimStoreCheck.Name"/>).</param>
    /// <returns>The check.</returns>
    /// <exception cref="ArgumentException">No check has the name.</exception>
    public static WebhookClaimStoreCheck GetCheck(string name) =>
        Checks.FirstOrDefault(check => check.Name == name)
        ?? throw new ArgumentException("No check has this name. WebhookClaimStoreConformance.Checks lists all of them.", nameof(name));
}

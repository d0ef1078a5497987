using System.Globalization;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>What <c>keys rotate --dry-run</c> prints for people.</summary>
internal static class PlanText
{
    public static IEnumerable<string> LinesOf(ApiKeyRotationPreview plan) =>
        [
            $"Rotation of {plan.OldKey.Id} ({plan.OldKey.Hint ?? "no hint"}), {ModeText.Of(plan.Mode)}{(plan.IsCompromised ? ", compromised" : "")}",
            .. plan.Unfinished is { } unfinished
                ? [$"  goes on with {unfinished.RotationId}, which is {unfinished.Stage}"]
                : Array.Empty<string>(),
            $"  1. create   {plan.NewKeyName}; may do: {ScopesText.Of(plan.Scopes)}; {EndOf(plan)}",
            $"  2. prove    that it is accepted, within {plan.VerificationTimeout}",
            $"  3. deploy   to {(plan.Sinks.Count == 0 ? "nowhere" : string.Join(", then ", plan.Sinks))}",
            $"  4. swap     {(plan.IsClientKey ? "node-data to the new key" : "nothing: node-data uses another key")}",
            $"  5. overlap  {OverlapOf(plan)}",
            $"  6. revoke   {plan.OldKey.Id}",
            .. WarningsOf(plan).Select(warning => $"  ! {warning}"),
        ];

    public static IReadOnlyList<string> WarningsOf(ApiKeyRotationPreview plan) =>
        [
            .. plan.Sinks.Count == 0 ? ["There is nowhere to deploy to: name a place with --to."] : Array.Empty<string>(),
            .. plan.EarlierKeys.Select(key =>
                $"An earlier rotation of this key left {key.Id} ({key.Hint ?? "no hint"}), which is still accepted."
            ),
        ];

    private static string EndOf(ApiKeyRotationPreview plan) =>
        plan.Lifetime is { } life
            ? string.Create(CultureInfo.InvariantCulture, $"accepted for {life.TotalDays:0.##} days")
            : "without an expiry";

    private static string OverlapOf(ApiKeyRotationPreview plan) =>
        plan.Overlap == TimeSpan.Zero ? "none"
        : plan.IsOverlapShortened ? $"{plan.Overlap}, cut to what is left of the old key's life"
        : plan.Overlap.ToString();
}

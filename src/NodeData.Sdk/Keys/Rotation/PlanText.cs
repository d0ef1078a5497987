using System.Globalization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>A plan in lines for people.</summary>
internal static class PlanText
{
    public static string Of(ApiKeyRotationPreview plan)
    {
        string[] lines =
        [
            $"Rotation of {plan.OldKey.Id} ({plan.OldKey.Hint ?? "no hint"}), {plan.Mode.ToWord()}{(plan.IsCompromised ? ", compromised" : "")}",
            .. plan.Unfinished is { } unfinished ? [$"  goes on with {unfinished}"] : Array.Empty<string>(),
            $"  1. create   {plan.NewKeyName}; may do: {plan.Scopes}; {ExpiryOf(plan)}",
            $"  2. prove    that it is accepted, within {plan.VerificationTimeout}",
            $"  3. deploy   to {(plan.Sinks.Count == 0 ? "nowhere" : string.Join(", then ", plan.Sinks))}",
            $"  4. swap     {(plan.IsClientKey ? "this client to the new key" : "nothing: this client uses another key")}",
            $"  5. overlap  {OverlapOf(plan)}",
            $"  6. revoke   {plan.OldKey.Id}",
            .. plan.Warnings.Select(warning => $"  ! {warning}"),
        ];
        return string.Join('\n', lines);
    }

    public static IReadOnlyList<string> WarningsOf(ApiKeyRotationPreview plan) =>
        [
            .. plan.Sinks.Count > 0
                ? Array.Empty<string>()
                : ["There is nowhere to deploy to: RotateAsync refuses a plan without Deploy or Sinks."],
            .. plan.EarlierKeys.Select(key => $"An earlier rotation of this key left {key.Id} ({key.Hint}), which is still accepted."),
        ];

    private static string ExpiryOf(ApiKeyRotationPreview plan) =>
        plan.Lifetime is { } life
            ? string.Create(CultureInfo.InvariantCulture, $"accepted for {life.TotalDays:0.##} days")
            : "without an expiry";

    private static string OverlapOf(ApiKeyRotationPreview plan) =>
        plan.Overlap == TimeSpan.Zero ? "none"
        : plan.IsOverlapShortened ? $"{plan.Overlap}, cut to what is left of the old key's life"
        : plan.Overlap.ToString();
}

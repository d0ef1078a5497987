using System.Globalization;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>What <c>keys rotate --dry-run</c> prints for people.</summary>
internal static class PreviewText
{
    public static IEnumerable<string> FormatLines(ApiKeyRotationPreview preview) =>
        [
            $"Rotation of {preview.OldKey.Id} ({preview.OldKey.Hint ?? "no hint"}), {ModeText.Format(preview.Mode)}{(preview.IsCompromised ? ", compromised" : "")}",
            .. preview.Unfinished is { } unfinished
                ? [$"  goes on with {unfinished.RotationId}, which is {unfinished.Stage}"]
                : Array.Empty<string>(),
            $"  1. create   {preview.NewKeyName}; may do: {ScopesText.Format(preview.Scopes)}; {FormatLifetime(preview)}",
            $"  2. prove    that it is accepted, within {preview.VerificationTimeout}",
            $"  3. deploy   to {(preview.Sinks.Count == 0 ? "nowhere" : string.Join(", then ", preview.Sinks))}",
            $"  4. swap     {(preview.IsClientKey ? "node-data to the new key" : "nothing: node-data uses another key")}",
            $"  5. overlap  {FormatOverlap(preview)}",
            $"  6. revoke   {preview.OldKey.Id}",
            .. GetWarnings(preview).Select(warning => $"  ! {warning}"),
        ];

    public static IReadOnlyList<string> GetWarnings(ApiKeyRotationPreview preview) =>
        [
            .. preview.Sinks.Count == 0 ? ["There is nowhere to deploy to: name a place with --to."] : Array.Empty<string>(),
            .. preview.EarlierKeys.Select(key =>
                $"An earlier rotation of this key left {key.Id} ({key.Hint ?? "no hint"}), which is still accepted."
            ),
        ];

    private static string FormatLifetime(ApiKeyRotationPreview preview) =>
        preview.Lifetime is { } lifetime
            ? string.Create(CultureInfo.InvariantCulture, $"accepted for {lifetime.TotalDays:0.##} days")
            : "without an expiry";

    private static string FormatOverlap(ApiKeyRotationPreview preview) =>
        preview.Overlap == TimeSpan.Zero ? "none"
        : preview.IsOverlapShortened ? $"{preview.Overlap}, cut to what is left of the old key's life"
        : preview.Overlap.ToString();
}

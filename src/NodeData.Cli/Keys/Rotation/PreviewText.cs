using System.Globalization;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>Formats the output of <c>keys rotate --dry-run</c> as text.</summary>
internal static class PreviewText
{
    public static IEnumerable<string> FormatLines(ApiKeyRotationPreview preview) =>
        [
            $"Rotation of {preview.OldKey.Id} ({preview.OldKey.Hint ?? "no hint"}), {ModeText.Format(preview.Mode)}{(preview.IsCompromised ? ", compromised" : "")}",
            .. preview.Unfinished is { } unfinished
                ? [$"  resumes {unfinished.RotationId} in stage {unfinished.Stage}"]
                : Array.Empty<string>(),
            $"  1. create   {preview.NewKeyName}; scopes: {ScopesText.Format(preview.Scopes)}; {FormatLifetime(preview)}",
            $"  2. verify   that the service accepts it, within {preview.VerificationTimeout}",
            $"  3. deploy   to {(preview.Sinks.Count == 0 ? "no sink" : string.Join(", then ", preview.Sinks))}",
            $"  4. switch   {(preview.IsClientKey ? "node-data to the new key" : "nothing: node-data uses a different key")}",
            $"  5. overlap  {FormatOverlap(preview)}",
            $"  6. revoke   {preview.OldKey.Id}",
            .. GetWarnings(preview).Select(warning => $"  ! {warning}"),
        ];

    public static IReadOnlyList<string> GetWarnings(ApiKeyRotationPreview preview) =>
        [
            .. preview.Sinks.Count == 0 ? ["There is no sink to deploy to: set one with --to."] : Array.Empty<string>(),
            .. preview.EarlierKeys.Select(key =>
                $"An earlier rotation of this key created {key.Id} ({key.Hint ?? "no hint"}), which is still valid."
            ),
        ];

    private static string FormatLifetime(ApiKeyRotationPreview preview) =>
        preview.Lifetime is { } lifetime
            ? string.Create(CultureInfo.InvariantCulture, $"expires after {lifetime.TotalDays:0.##} days")
            : "does not expire";

    private static string FormatOverlap(ApiKeyRotationPreview preview) =>
        preview.Overlap == TimeSpan.Zero ? "none"
        : preview.IsOverlapShortened ? $"{preview.Overlap}, shortened to the remaining lifetime of the old key"
        : preview.Overlap.ToString();
}

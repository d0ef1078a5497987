using System.Globalization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Formats the preview of a rotation as lines of text.</summary>
internal static class PreviewText
{
    public static string Format(ApiKeyRotationPreview preview)
    {
        string[] lines =
        [
            $"Rotation of {preview.OldKey.Id} ({preview.OldKey.Hint ?? "no hint"}), {preview.Mode.ToWireValue()}{(preview.IsCompromised ? ", compromised" : "")}",
            .. preview.Unfinished is { } unfinished ? [$"  resumes {unfinished}"] : Array.Empty<string>(),
            $"  1. create   {preview.NewKeyName}; scopes: {preview.Scopes}; {FormatExpiration(preview)}",
            $"  2. verify   that the service accepts it, within {preview.VerificationTimeout}",
            $"  3. deploy   to {(preview.Sinks.Count == 0 ? "no sink" : string.Join(", then ", preview.Sinks))}",
            $"  4. switch   {(preview.IsClientKey ? "this client to the new key" : "nothing: this client uses another key")}",
            $"  5. overlap  {FormatOverlap(preview)}",
            $"  6. revoke   {preview.OldKey.Id}",
            .. preview.Warnings.Select(warning => $"  ! {warning}"),
        ];
        return string.Join('\n', lines);
    }

    public static IReadOnlyList<string> GetWarnings(ApiKeyRotationPreview preview) =>
        [
            .. preview.Sinks.Count > 0 ? Array.Empty<string>() : ["There is no sink: RotateAsync rejects options without Deploy or Sinks."],
            .. preview.EarlierKeys.Select(key => $"An earlier rotation of this key created {key.Id} ({key.Hint}), which is still valid."),
        ];

    private static string FormatExpiration(ApiKeyRotationPreview preview) =>
        preview.Lifetime is { } lifetime
            ? string.Create(CultureInfo.InvariantCulture, $"valid for {lifetime.TotalDays:0.##} days")
            : "without an expiration";

    private static string FormatOverlap(ApiKeyRotationPreview preview) =>
        preview.Overlap == TimeSpan.Zero ? "none"
        : preview.IsOverlapShortened ? $"{preview.Overlap}, shortened to the remaining lifetime of the old key"
        : preview.Overlap.ToString();
}

using System.Globalization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>A plan in lines for people.</summary>
internal static class PreviewText
{
    public static string Format(ApiKeyRotationPreview preview)
    {
        string[] lines =
        [
            $"Rotation of {preview.OldKey.Id} ({preview.OldKey.Hint ?? "no hint"}), {preview.Mode.ToWireValue()}{(preview.IsCompromised ? ", compromised" : "")}",
            .. preview.Unfinished is { } unfinished ? [$"  goes on with {unfinished}"] : Array.Empty<string>(),
            $"  1. create   {preview.NewKeyName}; may do: {preview.Scopes}; {FormatExpiry(preview)}",
            $"  2. prove    that it is accepted, within {preview.VerificationTimeout}",
            $"  3. deploy   to {(preview.Sinks.Count == 0 ? "nowhere" : string.Join(", then ", preview.Sinks))}",
            $"  4. swap     {(preview.IsClientKey ? "this client to the new key" : "nothing: this client uses another key")}",
            $"  5. overlap  {FormatOverlap(preview)}",
            $"  6. revoke   {preview.OldKey.Id}",
            .. preview.Warnings.Select(warning => $"  ! {warning}"),
        ];
        return string.Join('\n', lines);
    }

    public static IReadOnlyList<string> GetWarnings(ApiKeyRotationPreview preview) =>
        [
            .. preview.Sinks.Count > 0
                ? Array.Empty<string>()
                : ["There is nowhere to deploy to: RotateAsync refuses a plan without Deploy or Sinks."],
            .. preview.EarlierKeys.Select(key => $"An earlier rotation of this key left {key.Id} ({key.Hint}), which is still accepted."),
        ];

    private static string FormatExpiry(ApiKeyRotationPreview preview) =>
        preview.Lifetime is { } lifetime
            ? string.Create(CultureInfo.InvariantCulture, $"accepted for {lifetime.TotalDays:0.##} days")
            : "without an expiry";

    private static string FormatOverlap(ApiKeyRotationPreview preview) =>
        preview.Overlap == TimeSpan.Zero ? "none"
        : preview.IsOverlapShortened ? $"{preview.Overlap}, cut to what is left of the old key's life"
        : preview.Overlap.ToString();
}

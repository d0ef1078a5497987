using System.Text.Json;
using NodeData.Cli.Webhooks.Signing;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Webhooks.Signing;

/// <summary>A row of the contract's signatures.</summary>
internal sealed record SignatureVector(string Name, byte[] Body, string Header, string[] Secrets, long Now, int Tolerance, string Expect)
{
    public static IReadOnlyList<SignatureVector> All { get; } = Read();

    public static SignatureVector Named(string name) => All.Single(row => row.Name == name);

    public SignatureCheck Check() =>
        SignatureCheck.Of(
            Body,
            Header,
            [.. Secrets.Select(WebhookSecret.Parse)],
            DateTimeOffset.FromUnixTimeSeconds(Now),
            TimeSpan.FromSeconds(Tolerance)
        );

    private static List<SignatureVector> Read()
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors/webhook-signatures.json"))
        );
        return
        [
            .. document
                .RootElement.GetProperty("vectors")
                .EnumerateArray()
                .Select(row => new SignatureVector(
                    row.GetProperty("name").GetString()!,
                    row.GetProperty("body_base64").GetBytesFromBase64(),
                    row.GetProperty("header").GetString()!,
                    [.. row.GetProperty("secrets").EnumerateArray().Select(secret => secret.GetString()!)],
                    row.GetProperty("now").GetInt64(),
                    row.GetProperty("tolerance_seconds").GetInt32(),
                    row.GetProperty("expect").GetString()!
                )),
        ];
    }
}

using System.Security.Cryptography;

namespace NodeData.Emulator.Responses;

/// <summary>Generates IDs: the prefix of the kind and 24 random characters.</summary>
internal static class Identifier
{
    private const string Characters = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static string ForRequest() => New("req_");

    public static string ForKey() => New("key_");

    public static string ForWebhookEndpoint() => New("we_");

    public static string ForEvent() => New("ev_");

    public static string ForDelivery() => New("wd_");

    private static string New(string prefix) => prefix + RandomNumberGenerator.GetString(Characters, 24);
}

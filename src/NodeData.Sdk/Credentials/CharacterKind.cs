using System.Globalization;

namespace NodeData.Sdk.Credentials;

/// <summary>Describes a character by its kind, so that an error in a secret can be reported without showing any part of the secret.</summary>
internal static class CharacterKind
{
    public static string Describe(char character) =>
        character switch
        {
            '\r' or '\n' => "a line break",
            _ when char.IsControl(character) => "a control character",
            _ when char.IsWhiteSpace(character) => "white space",
            _ when char.GetUnicodeCategory(character) is UnicodeCategory.Format => "an invisible character",
            > '\x7f' => "a character outside ASCII",
            _ => "a character that is not allowed",
        };
}

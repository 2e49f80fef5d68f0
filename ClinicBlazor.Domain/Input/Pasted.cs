using System.Globalization;
using System.Text;

namespace ClinicBlazor.Domain.Input;

/// <summary>
/// What is pasted into a field for digits: a page, a letter or a spreadsheet brings spaces that do not break, dashes
/// that look like hyphens, marks of direction and digits of other scripts with it. All mean what the plain signs mean.
/// </summary>
public static class Pasted
{
    /// <summary>The same text in plain signs: ASCII digits, spaces and hyphens, nothing invisible, no blanks at the ends.</summary>
    public static string Plain(string? text)
    {
        var plain = new StringBuilder();
        foreach (var rune in Normal.Form(text ?? "", NormalizationForm.FormKC).EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Format or UnicodeCategory.Control when rune.Value is not ('\t' or '\n' or '\r'):
                    break;
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.Control:
                    plain.Append(' ');
                    break;
                case UnicodeCategory.DashPunctuation:
                    plain.Append('-');
                    break;
                case UnicodeCategory.DecimalDigitNumber:
                    plain.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
                    break;
                default:
                    plain.Append(rune.Value == 0x2212 ? "-" : rune.ToString());
                    break;
            }
        }

        return plain.ToString().Trim();
    }

    /// <summary>The digits alone, in ASCII.</summary>
    public static string Digits(string? text) => string.Concat(Plain(text).Where(char.IsAsciiDigit));
}

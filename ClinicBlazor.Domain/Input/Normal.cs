using System.Text;

namespace ClinicBlazor.Domain.Input;

/// <summary>The one Unicode normal form in which texts are kept and compared, secrets included.</summary>
public static class Normal
{
    /// <summary>The text in NFC.</summary>
    public static string Form(string text) => Form(text, NormalizationForm.FormC);

    /// <summary>The text in a normal form; a lone half of a surrogate pair, which has none, comes out as U+FFFD.</summary>
    public static string Form(string text, NormalizationForm form)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune);
        }

        return whole.ToString().Normalize(form);
    }
}

using System.Text;

namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>Text that is text to every program.</summary>
[Trait("Requirement", "S4-06")]
public sealed class PlainTextTests
{
    private const string Markup =
        "This text begins like a web page, a drawing or a program. Copy its words into a new text file and choose that one.";

    private const string NotTaken = "Files of this kind are not taken. Choose a PDF, a picture in JPEG or PNG format, or a text file (.txt).";

    [Theory]
    [InlineData("BP <120/80, K+ > 5.0; SELECT the lower dose; see <script> in the manual")]
    [InlineData("<5 mg/dl, < 3 on repeat")]
    [InlineData("\uFEFFFieber seit 3 Tagen: 39,2 °C\r\n\tHusten\fSeite 2")]
    [InlineData("% of predicted: 80 # 2nd try")]
    [InlineData("体温 38.5 度 🙂")]
    public async Task Inspect_ClinicalText_IsTakenAsItIs(string text) =>
        Assert.Null((await Inspecting.TakenAsync("notes.txt", Encoding.UTF8.GetBytes(text))).Replacement);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Inspect_TextInUtf16_IsKeptInUtf8(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        var taken = await Inspecting.TakenAsync("notes.txt", [.. encoding.GetPreamble(), .. encoding.GetBytes("Señal: 3 µg")]);

        Assert.Equal("Señal: 3 µg", Encoding.UTF8.GetString(taken.Replacement!.Value.Span));
    }

    [Theory]
    [InlineData("<!doctype html><p>hello")]
    [InlineData("\r\n \t<HTML>")]
    [InlineData("\uFEFF\u200B<svg onload='alert(1)'>")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<?xml version='1.0'?><x/>")]
    [InlineData("<?php system('id');")]
    [InlineData("<!-- a note --><html>")]
    [InlineData("#!/bin/sh\nid")]
    [InlineData("%!PS-Adobe-3.0")]
    [InlineData(@"{\rtf1\ansi hello}")]
    [InlineData("GIF89a/*x*/=1;alert(1)")]
    [InlineData("see below\n%PDF-1.7\n1 0 obj")]
    public async Task Inspect_TextThatAProgramTakesForSomethingElse_IsRefused(string text)
    {
        Assert.Equal(Markup, await Inspecting.RefusalAsync("notes.txt", Encoding.UTF8.GetBytes(text)));
        Assert.Equal(Markup, await Inspecting.RefusalAsync("notes.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\u001Bb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u007Fb")]
    public async Task Inspect_TextWithControlCharacters_IsRefused(string text) =>
        Assert.Equal(NotTaken, await Inspecting.RefusalAsync("notes.txt", Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task Inspect_TextInAnOlderEncoding_SaysHowToSaveIt() =>
        Assert.Equal("This text is not in UTF-8. Save it as plain text in UTF-8 and choose it again.",
            await Inspecting.RefusalAsync("notes.txt", Encoding.Latin1.GetBytes("Café au lait")));

    [Fact]
    public async Task Inspect_HalfACharacterInUtf16_IsRefused() =>
        Assert.Equal(NotTaken, await Inspecting.RefusalAsync("notes.txt", [0xFF, 0xFE, 0x41, 0x00, 0x00, 0xD8]));
}

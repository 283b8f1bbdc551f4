*** Settings ***
Documentation    Enters letters of policy holders into the claims desk.
Library          RPA.Browser.Selenium
Library          RPA.Excel.Files
Library          RPA.Dialogs

*** Variables ***
${DESK}          https://claims-desk.harbour.example

*** Tasks ***
Enter letters
    Open Workbook    letters.xlsx
    ${letters}=    Read Worksheet As Table    header=True
    Open Available Browser    ${DESK}/letters
    FOR    ${letter}    IN    @{letters}
        TRY
            Wait Until Keyword Succeeds    3x    5s    Enter Letter    ${letter}
        EXCEPT
            Ask For Help    ${letter}
        END
    END

*** Keywords ***
Enter Letter
    [Arguments]    ${letter}
    Input Text    id:policy    ${letter}[Policy]
    Click Button    Save

Ask For Help
    [Arguments]    ${letter}
    Add heading    This letter could not be entered
    Run Dialog
